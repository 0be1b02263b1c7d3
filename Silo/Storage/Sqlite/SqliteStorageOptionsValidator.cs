using Microsoft.Extensions.Options;

namespace RechargeGrains.Silo.Storage.Sqlite;

internal sealed class SqliteStorageOptionsValidator : IValidateOptions<SqliteStorageOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteStorageOptions options)
    {
        var problems = new List<string>();
        if (SqliteFile.FindProblem(options.ConnectionString) is { } problem)
            problems.Add(problem);
        if (options.MaxBatch < 1)
            problems.Add($"Storage:MaxBatch is {options.MaxBatch}; it has to be at least 1.");
        if (options.QueueCapacity < 1)
            problems.Add($"Storage:QueueCapacity is {options.QueueCapacity}; it has to be at least 1.");

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
