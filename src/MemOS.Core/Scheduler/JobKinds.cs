namespace MemOS.Scheduler;

/// <summary>The kinds of <see cref="VaultJob"/>.</summary>
public static class JobKinds
{
    /// <summary>Read facts, events and preferences out of the messages with the numbers in the argument, for example <c>3,7-9</c>.</summary>
    public const string Extract = "extract";

    /// <summary>Carry out the feedback that is the message whose number begins the argument.</summary>
    public const string Feedback = "feedback";

    /// <summary>Give every version a vector in the embedding space that the argument names.</summary>
    public const string Reembed = "reembed";

    /// <summary>Train the cartridge whose order is the first cube of the argument; its id is the second. Done by whoever has the model, so never due for the vault itself.</summary>
    public const string Train = "train";
}
