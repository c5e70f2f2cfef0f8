namespace MemOS.Models;

/// <summary>An error of a model or of the library that runs it; misuse of an API stays with the exceptions of the platform.</summary>
/// <remarks>The message says what happened and what to do. It never holds a prompt or an answer.</remarks>
public sealed class ModelException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">Stable code out of <see cref="ModelErrorCodes"/>.</param>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The error of the layer below, if there is one.</param>
    public ModelException(string code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>The stable code, see <see cref="ModelErrorCodes"/>.</summary>
    public string Code { get; }

    /// <summary>Whether the same call may succeed when it is made again, as after a crash of the model's process.</summary>
    public bool IsTransient { get; init; }
}
