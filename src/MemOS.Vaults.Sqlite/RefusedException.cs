namespace MemOS.Vaults.Sqlite;

/// <summary>Carries, inside the writer, the error of a plan that contributes nothing to its group; the caller gets the inner one.</summary>
internal sealed class RefusedException(Exception error) : Exception(error.Message, error)
{
    /// <summary>What the caller gets.</summary>
    public Exception Error { get; } = error;
}
