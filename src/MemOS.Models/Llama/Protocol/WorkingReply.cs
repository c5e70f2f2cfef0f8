namespace MemOS.Models.Llama.Protocol;

/// <summary>Still working, and getting on with it.</summary>
internal sealed record WorkingReply : HostReply
{
    public override bool IsLast => false;
}
