namespace TiersLieux.Market.EmbeddedSilo.Runtime;

/// <summary>Something that an activation does on its own turn: a call, a timer tick, its start, its end.</summary>
internal abstract class Turn
{
    /// <summary>The activation that admitted it.</summary>
    public Activation Host { get; set; } = null!;

    /// <summary>Whether it may run while another turn awaits.</summary>
    public virtual bool Interleaves => false;

    /// <summary>Whether it counts as use of the activation.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>Whether nobody waits for it any more, so that it need not start.</summary>
    public virtual bool IsDead => false;

    /// <summary>Runs on the scheduler of <see cref="Host"/>, never throws, and tells the host when it is over.</summary>
    public abstract Task RunAsync();

    /// <summary>It will never run: its activation is gone. A call goes to the next one.</summary>
    public virtual void Abandon(Exception? failure)
    {
    }
}
