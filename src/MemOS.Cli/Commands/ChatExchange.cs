using System.Text.Json;
using MemOS.Activation;

namespace MemOS.Cli.Commands;

/// <summary>A question, its answer, and the memories that stood in its context.</summary>
internal sealed record ChatExchange(string Question, string Answer, IReadOnlyList<UsedMemory> Used)
{
    public static void Write(Utf8JsonWriter json, string vault, IReadOnlyList<ChatExchange> exchanges, LoadStatistics loading)
    {
        json.WriteStartObject();
        json.WriteString("vault", vault);
        json.WriteStartArray("exchanges");
        foreach (ChatExchange exchange in exchanges)
        {
            json.WriteStartObject();
            json.WriteString("question", exchange.Question);
            json.WriteString("answer", exchange.Answer);
            json.WriteStartArray("memories");
            foreach (UsedMemory memory in exchange.Used)
            {
                json.WriteStartObject();
                json.WriteString("cube", memory.Cube.ToString());
                json.WriteString("form", memory.Form);
                json.WriteString("state", memory.State?.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("loaded_ahead");
        json.WriteNumber("loads", loading.Loads);
        json.WriteNumber("hits", loading.Hits);
        json.WriteNumber("misses", loading.Misses);
        json.WriteNumber("wasted", loading.Wasted);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
