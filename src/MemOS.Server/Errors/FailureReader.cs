using System.Text.Json;
using System.Text.RegularExpressions;
using MemOS.Models;
using MemOS.Server.Compat;

namespace MemOS.Server.Errors;

/// <summary>Turns exceptions into what a client is told. No type name, trace, content or folder of this machine gets out.</summary>
/// <param name="dataFolder">The folder that files are named in; null when there is none.</param>
internal sealed partial class FailureReader(string? dataFolder)
{
    // The serializer marks its complaints about broken Unicode so; they surface where a value is read, not where the body is.
    private const string FromSerializer = "System.Text.Json.Rethrowable";

    private readonly FilePlaces _places = new(dataFolder);

    public Failure Read(Exception exception)
    {
        Failure failure = Translate(exception);
        return failure.MayNameFiles ? failure with { Detail = _places.Shorten(failure.Detail) } : failure;
    }

    private static Failure Translate(Exception exception) => exception switch
    {
        MemOSException e => new Failure(ErrorTable.StatusOf(e.Code), e.Code, e.Message) { IsTransient = e.IsTransient },
        ModelException { Code: ModelErrorCodes.ContextFull } e => new Failure(400, "context_length_exceeded", e.Message), // as OpenAI calls it: clients shorten their prompts then
        ModelException { Code: ModelErrorCodes.InvalidRequest or ModelErrorCodes.InvalidGrammar } e => new Failure(400, ErrorCodes.InvalidInput, e.Message),
        ModelException { Code: ModelErrorCodes.Busy or ModelErrorCodes.TrainingUnsupported } e => new Failure(ErrorTable.StatusOf(e.Code), e.Code, e.Message) { IsTransient = e.IsTransient },
        ModelException e => new Failure(ErrorTable.StatusOf(ErrorCodes.ModelFailed), ErrorCodes.ModelFailed, e.Message) { IsTransient = e.IsTransient },
        HttpRequestException or HttpIOException => new Failure(502, ErrorCodes.Unreachable, "The model's endpoint broke off its answer; ask again.") { IsTransient = true },
        BadHttpRequestException { InnerException: JsonException e } => OfBody(e),
        JsonException e => OfBody(e),
        BodyFaultException e => new Failure(422, ErrorCodes.InvalidInput, e.Message) { Field = e.Field, IsBodyFault = true, IsMissing = e.IsMissing },
        BadHttpRequestException e => OfRequest(e),
        InvalidOperationException { Source: FromSerializer } => new Failure(400, ErrorCodes.InvalidInput, "A text in the body is not well-formed Unicode.") { IsBodyFault = true },
        ObjectDisposedException { ObjectName: nameof(VaultHost) } => new Failure(503, "stopping", "The server is stopping; send the request again later.") { IsTransient = true },
        _ => new Failure(500, "internal_error", "Something went wrong in the server. What happened is in its log."),
    };

    private static Failure OfBody(JsonException e)
    {
        string path = e.Path is { Length: > 1 } inside ? inside.TrimStart('$').TrimStart('.') : "";
        Match missing = MissingProperties().Match(e.Message);
        Match unknown = UnknownProperty().Match(e.Message);
        string reason = unknown.Success ? $"There is no field '{unknown.Groups[1].Value}' here; nothing is ignored in silence."
            : missing.Success ? $"The body lacks {missing.Groups[1].Value.TrimEnd('.')}."
            : e.Message.Contains("nullability annotation", StringComparison.Ordinal) ? "The value must not be null."
            : e.Message.Contains("could not be converted to", StringComparison.Ordinal) ? "The value is not of the type that is needed here."
            : PathInformation().Replace(e.Message, "");
        string where = path.Length > 0 && !missing.Success ? $"{path}: " : "";
        return new Failure(400, ErrorCodes.InvalidInput, $"The body is not valid. {where}{reason}") { Field = path, IsBodyFault = true };
    }

    private static Failure OfRequest(BadHttpRequestException e) => e.StatusCode switch
    {
        413 => new Failure(413, "body_too_large", $"The body has more than {MemOSServer.MaximumBodyBytes >> 20} MiB; send it in parts."),
        415 => new Failure(415, "unsupported_media_type", "Send the body as JSON, with the header Content-Type: application/json."),
        _ => new Failure(e.StatusCode, ErrorTable.CodeOf(e.StatusCode), ParameterType().Replace(e.Message, "\"$1\"")),
    };

    [GeneratedRegex("missing required properties including: (.*)$")]
    private static partial Regex MissingProperties();

    [GeneratedRegex("property '(.*?)' could not be mapped")]
    private static partial Regex UnknownProperty();

    [GeneratedRegex(@" ?Path: \$.*$", RegexOptions.Singleline)]
    private static partial Regex PathInformation();

    // 'Failed to bind parameter "Nullable<int> limit"' -> 'Failed to bind parameter "limit"'
    [GeneratedRegex("\"[^\" ]+ ([^\" ]+)\"")]
    private static partial Regex ParameterType();
}
