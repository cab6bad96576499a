using System.Diagnostics.CodeAnalysis;

namespace CLSM.Directory.Api.Web.Problems;

/// <summary>
/// A value, or the problem that the request ends with. Expected refusals are returned in this way; exceptions are only for what nobody expects.
/// </summary>
internal readonly struct Result<T>
    where T : notnull
{
    private readonly T? value;
    private readonly ApiProblem? problem;

    private Result(T? value, ApiProblem? problem)
    {
        this.value = value;
        this.problem = problem;
    }

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(ApiProblem problem) => new(default, problem);

    /// <summary>Gives the value, or returns false and gives the problem.</summary>
    public bool TryGet([NotNullWhen(true)] out T? result, [NotNullWhen(false)] out ApiProblem? problem)
    {
        // A default struct holds neither: whoever made it forgot to answer.
        if (this.problem is null && value is null)
        {
            throw new InvalidOperationException("The result holds neither a value nor a problem.");
        }

        (result, problem) = (value, this.problem);
        return this.problem is null;
    }
}
