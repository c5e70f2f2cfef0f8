namespace MemOS.Vaults.Sqlite;

/// <inheritdoc/>
internal sealed class WriteRequest<T>(Func<IVaultReader, VaultChange, T> plan) : WriteRequest
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _completion.Task;

    public override bool IsDone => _completion.Task.IsCompleted;

    public override void Plan(IVaultReader reader, VaultChange change) => _result = plan(reader, change);

    public override void Complete() => _completion.TrySetResult(_result!); // the plan ran before

    public override void Fail(Exception error) => _completion.TrySetException(error);

    /// <summary>Gives up if the writer has not begun.</summary>
    public void Cancel(CancellationToken cancellationToken)
    {
        if (TryBegin())
        {
            _completion.TrySetCanceled(cancellationToken);
        }
    }
}
