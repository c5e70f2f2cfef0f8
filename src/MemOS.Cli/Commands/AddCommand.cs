using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using MemOS.Cubes;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Cli.Commands;

/// <summary><c>memos add</c>: stores one message.</summary>
internal static class AddCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string> text = new("text") { Description = "What was said." };
        Option<string?> speaker = new("--speaker") { Description = "Who said it." };
        Option<string> role = new("--role") { Description = "user, assistant, system, tool or document.", DefaultValueFactory = _ => "user" };
        Option<string?> time = new("--time") { Description = "When it was said. Default: now." };
        Option<string?> conversation = new("--conversation") { Description = "The conversation it belongs to." };
        Option<string?> contextText = new("--context-text") { Description = "The words of the task it belongs to; a recall with like ones prefers it." };
        Option<string?> id = new("--id") { Description = "Its id; adding the same id again stores nothing." };
        Option<string[]> tags = new("--tag") { Description = "A tag; may be repeated." };
        Command command = new("add", "Store a message.") { text, speaker, role, time, conversation, contextText, id, tags };
        command.SetAction((parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            if (!MessageRole.TryParse(parsed.GetValue(role), out MessageRole known))
            {
                throw new CliUsageException($"--role: '{parsed.GetValue(role)}' is not a role. Use user, assistant, system, tool or document.");
            }

            return RunAsync(
                context,
                new Message
                {
                    Id = parsed.GetValue(id) ?? "",
                    Conversation = parsed.GetValue(conversation),
                    Role = known,
                    Speaker = parsed.GetValue(speaker),
                    Text = parsed.GetRequiredValue(text),
                    Time = context.ToTime(parsed.GetValue(time), "--time") ?? context.Clock.GetLocalNow(),
                    ContextText = parsed.GetValue(contextText),
                    Tags = [.. parsed.GetValue(tags) ?? []],
                },
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, Message message, CancellationToken cancellationToken)
    {
        await using TargetVault target = await context.OpenTargetAsync(cancellationToken);
        MemoryVault vault = target.Vault;
        ImmutableArray<AddedMessage> added = await vault.AddAsync([message], cancellationToken: cancellationToken);
        await vault.SettleAsync(cancellationToken); // the process ends now; what is read out of the message should be there for the next one
        AddedMessage result = added[0];
        if (context.Json)
        {
            context.WriteJson(json => Write(json, context, result));
        }
        else
        {
            context.Output.WriteLine(result.WasKnown ? $"Known already: {result.MessageId}" : $"Stored: {result.MessageId}");
            foreach (MemCube cube in result.Cubes)
            {
                context.Output.WriteLine($"Cube {cube.Id}");
            }
        }

        return ExitCodes.Done;
    }

    private static void Write(Utf8JsonWriter json, CliContext context, AddedMessage added)
    {
        json.WriteStartObject();
        json.WriteString("vault", context.Vault.Value);
        json.WriteString("message_id", added.MessageId);
        json.WriteNumber("number", added.Number);
        json.WriteBoolean("was_known", added.WasKnown);
        json.WriteStartArray("cubes");
        foreach (MemCube cube in added.Cubes)
        {
            json.WriteStringValue(cube.Id.Value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
