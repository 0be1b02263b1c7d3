namespace RechargeGrains.Silo.Storage.Sqlite;

/// <summary>Something to do inside the writer's next transaction.</summary>
internal abstract class SqliteOperation(int size)
{
    /// <summary>About how many bytes it adds to the log.</summary>
    public int Size { get; } = size;

    /// <summary>Takes it for execution. False if its caller gave it up before; afterwards giving up has no effect.</summary>
    public abstract bool TryClaim();

    /// <summary>Runs inside the transaction. Keeps the outcome until it is known whether the transaction holds.</summary>
    /// <returns>Why it failed by itself, or nothing.</returns>
    public abstract Exception? Execute(SqliteWriteTransaction transaction);

    /// <summary>The transaction is on disk: hands the outcome to the caller.</summary>
    public abstract void Complete();

    /// <summary>The transaction is not.</summary>
    public abstract void Fail(Exception error);
}

/// <inheritdoc />
internal sealed class SqliteOperation<T> : SqliteOperation
{
    private readonly Func<SqliteWriteTransaction, T> _work;

    // Callers continue on their own threads: a grain's turn must not run on the writer's.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration _registration;
    private int _claimed;
    private T? _result;
    private Exception? _error;

    public SqliteOperation(Func<SqliteWriteTransaction, T> work, int size, CancellationToken cancellationToken)
        : base(size)
    {
        _work = work;
        _registration = cancellationToken.UnsafeRegister(
            static (operation, token) => ((SqliteOperation<T>)operation!).GiveUp(token), this);
    }

    public Task<T> Outcome => _completion.Task;

    public override bool TryClaim()
    {
        _registration.Unregister();
        return Interlocked.Exchange(ref _claimed, 1) == 0;
    }

    public override Exception? Execute(SqliteWriteTransaction transaction)
    {
        try
        {
            _result = _work(transaction);
        }
        catch (Exception error)
        {
            _error = error;
        }

        return _error;
    }

    public override void Complete()
    {
        if (_error is null)
            _completion.TrySetResult(_result!);
        else
            _completion.TrySetException(SqliteFailure.Describe("could not be written", _error));
    }

    public override void Fail(Exception error) => _completion.TrySetException(error);

    private void GiveUp(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _claimed, 1) == 0)
            _completion.TrySetCanceled(cancellationToken);
    }
}
