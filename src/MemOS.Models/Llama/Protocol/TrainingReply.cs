namespace MemOS.Models.Llama.Protocol;

/// <summary>The training goes on.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Divergence">Mean divergence since the last such reply, in nats.</param>
internal sealed record TrainingReply(int Step, double Divergence) : HostReply
{
    public override bool IsLast => false;
}
