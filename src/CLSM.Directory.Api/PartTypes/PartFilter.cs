using System.Linq.Expressions;
using CLSM.Directory.Api.Web.Parameters;

namespace CLSM.Directory.Api.PartTypes;

/// <summary>A filter of a list of parts: its parameter, and the condition that its values set on a row.</summary>
internal sealed record PartFilter<TRow>(QueryParameter Parameter, Func<IReadOnlyList<string>, Expression<Func<TRow, bool>>> Matches);
