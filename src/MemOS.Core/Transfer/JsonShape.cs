namespace MemOS.Transfer;

/// <summary>What the names in a JSON file speak for.</summary>
[Flags]
internal enum JsonShape
{
    None = 0,
    Session = 1,
    Conversation = 2,
    Sender = 4,
    Content = 8,
}
