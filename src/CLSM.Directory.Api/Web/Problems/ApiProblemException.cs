namespace CLSM.Directory.Api.Web.Problems;

/// <summary>A problem from where it cannot be returned: the exception undoes what was begun, and the client receives the problem.</summary>
/// <param name="problem">The response to the client.</param>
/// <param name="operatorMessage">Logged as an error, where whoever runs the service must act; null logs nothing.</param>
internal class ApiProblemException(ApiProblem problem, string? operatorMessage = null) : Exception(operatorMessage ?? problem.Code)
{
    public ApiProblem Problem { get; } = problem;

    public string? OperatorMessage { get; } = operatorMessage;
}
