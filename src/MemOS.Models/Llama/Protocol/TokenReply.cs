namespace MemOS.Models.Llama.Protocol;

/// <summary>A token was chosen; the payload is the text that is sure by now, which may be none.</summary>
internal sealed record TokenReply(int Token) : HostReply
{
    public override bool IsLast => false;
}
