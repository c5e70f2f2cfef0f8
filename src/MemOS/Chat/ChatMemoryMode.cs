namespace MemOS.Chat;

/// <summary>When a chat client turns to its memory.</summary>
public enum ChatMemoryMode
{
    /// <summary>Before every call memories are recalled into the prompt, and after it the exchange is remembered.</summary>
    EveryCall = 0,

    /// <summary>Only when the model calls one of the tools remember, recall, correct, forget, explain. Needs a client inside that invokes functions.</summary>
    OnDemand = 1,
}
