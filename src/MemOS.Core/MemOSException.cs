namespace MemOS;

/// <summary>The base of every error that MemOS reports about memory; misuse of an API stays with the exceptions of the platform.</summary>
/// <remarks>The message says what happened, to which item, and what to do. It never holds the content of a memory.</remarks>
public class MemOSException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">Stable code out of <see cref="ErrorCodes"/>, for programs.</param>
    /// <param name="message">What happened and what to do, for people.</param>
    /// <param name="innerException">The error of the layer below, if there is one.</param>
    public MemOSException(string code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>The stable code of the error, see <see cref="ErrorCodes"/>.</summary>
    public string Code { get; }

    /// <summary>Whether the same call may succeed later without a change, for example after disk space was freed.</summary>
    public bool IsTransient { get; init; }
}
