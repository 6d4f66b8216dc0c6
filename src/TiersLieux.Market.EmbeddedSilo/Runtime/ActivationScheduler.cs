namespace TiersLieux.Market.EmbeddedSilo.Runtime;

/// <summary>
/// Runs everything of one activation, one thing at a time: the start of each turn, and what follows each await,
/// which .NET sends back to the scheduler that was current when the await began.
/// </summary>
internal sealed class ActivationScheduler(Activation owner) : TaskScheduler, IThreadPoolWorkItem
{
    // After so many pieces of work the thread goes to somebody else.
    private const int Quantum = 64;

    private readonly Queue<object> _work = new();
    private bool _scheduled;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Starts a turn. It sees nothing of the poster's execution context, as if it came over a wire.</summary>
    public void Post(Turn turn) => Add(turn);

    void IThreadPoolWorkItem.Execute()
    {
        RuntimeContext.Current = owner;
        try
        {
            for (var i = 0; i < Quantum; i++)
            {
                object? work;
                lock (_work)
                {
                    if (!_work.TryDequeue(out work))
                    {
                        _scheduled = false;
                        return;
                    }
                }

                // The task of a turn is made here and not where it was posted: here the execution context is empty.
                if (work is Turn turn)
                    new Task(static state => _ = ((Turn)state!).RunAsync(), turn).RunSynchronously(this);
                else
                    TryExecuteTask((Task)work);
            }

            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        finally
        {
            RuntimeContext.Current = null;
        }
    }

    protected override void QueueTask(Task task) => Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && RuntimeContext.Current == owner && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_work)
            return [.. _work.OfType<Task>()];
    }

    private void Add(object work)
    {
        lock (_work)
        {
            _work.Enqueue(work);
            if (_scheduled)
                return;
            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }
}
