using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Api;
using MemOS.Chat;
using MemOS.Cubes;

namespace MemOS.Server.OpenAI;

/// <summary>A chat completion as a client asks for it. Only its messages are read, and only with forbearance: the endpoint judges the rest.</summary>
internal sealed class ChatRequest
{
    private const int MostVectors = 64;

    private readonly JsonObject? _settings;

    private ChatRequest(JsonObject body)
    {
        Body = body;
        _settings = body["memos"] as JsonObject;
        body.Remove("memos"); // ours; the endpoint does not know it
    }

    /// <summary>What is sent on.</summary>
    public JsonObject Body { get; }

    /// <summary>The vault that the body names.</summary>
    public string? Vault => JsonBody.Text(_settings?["vault"]);

    /// <summary>The session that the body names.</summary>
    public string? Session => JsonBody.Text(_settings?["session"]);

    /// <summary>Whether memories are wanted.</summary>
    public bool Recalls => Flag("recall");

    /// <summary>Whether the exchange is to be remembered.</summary>
    public bool Stores => Flag("store");

    /// <summary>A state to begin the context with, whatever is recalled.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>.</exception>
    public CubeId? Mounted => _settings?["mount"] is { } state ? Id(state, "memos.mount") : null;

    /// <summary>Vectors that the answer is steered by, each with its scale.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>.</exception>
    public IReadOnlyList<(CubeId Cube, float Scale)> Steering => _settings?["steering"] switch
    {
        null => [],
        JsonArray { Count: <= MostVectors } vectors => [.. vectors.Select(Vector)],
        _ => throw Unreadable("memos.steering"),
    };

    /// <summary>Whether the answer comes as a stream.</summary>
    public bool IsStream => Body["stream"] is JsonValue value && value.TryGetValue(out bool on) && on;

    /// <summary>Whether nothing was answered in it yet.</summary>
    public bool Begins => !Messages().Any(message => JsonBody.Text(message["role"]) == "assistant");

    /// <summary>The last thing that the user said; null when there is nothing.</summary>
    public string? Question => LastUserMessage() is { } message ? Content(message["content"]) : null;

    /// <summary>Reads a body.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static async Task<ChatRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken) => new(await JsonBody.ReadAsync(request, cancellationToken));

    /// <summary>What the user said since the last answer: the rest of the conversation was stored in its time.</summary>
    public IReadOnlyList<NewMessage> Said()
    {
        List<NewMessage> said = [];
        foreach (JsonObject message in Messages().Reverse().TakeWhile(message => JsonBody.Text(message["role"]) != "assistant").Where(message => JsonBody.Text(message["role"]) == "user"))
        {
            if (ConversationMemory.Own(Content(message["content"])) is { } text)
            {
                said.Insert(0, new NewMessage { Text = text, Speaker = JsonBody.Text(message["name"]) });
            }
        }

        return said;
    }

    /// <summary>Puts recalled text in front of the last thing that the user said: data in the user's turn, no instruction of the system.</summary>
    public void Inject(string recalled)
    {
        if (LastUserMessage() is not { } message)
        {
            return;
        }

        string before = recalled + "\n\n";
        switch (message["content"])
        {
            case JsonArray parts:
                parts.Insert(0, new JsonObject { ["type"] = "text", ["text"] = before });
                break;
            case JsonValue text when JsonBody.Text(text) is { } asked:
                message["content"] = before + asked;
                break;
        }
    }

    private static (CubeId, float) Vector(JsonNode? node) => node is JsonObject vector
        ? (Id(vector["vector"], "memos.steering"), vector["scale"] switch
        {
            null => 1,
            JsonValue scale when scale.TryGetValue(out double number) && float.IsFinite((float)number) => (float)number,
            _ => throw Unreadable("memos.steering"),
        })
        : throw Unreadable("memos.steering");

    private static CubeId Id(JsonNode? node, string field) => CubeId.TryParse(JsonBody.Text(node) ?? "", out CubeId id) ? id : throw Unreadable(field);

    private static MemOSException Unreadable(string field) =>
        new(ErrorCodes.InvalidInput, $"{field} cannot be read: mount is the id of a state, steering a list of at most {MostVectors} objects with the id of a vector and a scale.");

    private static string? Content(JsonNode? content) => content switch
    {
        JsonValue => JsonBody.Text(content),
        JsonArray parts => string.Join("\n", parts.OfType<JsonObject>().Where(part => JsonBody.Text(part["type"]) == "text").Select(part => JsonBody.Text(part["text"]))) is { Length: > 0 } text ? text : null,
        _ => null,
    };

    private bool Flag(string name) => !(_settings?[name] is JsonValue value && value.TryGetValue(out bool on) && !on);

    private IEnumerable<JsonObject> Messages() => Body["messages"] is JsonArray messages ? messages.OfType<JsonObject>() : [];

    private JsonObject? LastUserMessage() => Messages().LastOrDefault(message => JsonBody.Text(message["role"]) == "user");
}
