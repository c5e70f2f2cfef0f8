using System.CommandLine;
using System.Globalization;
using System.Text;
using MemOS.Activation;
using MemOS.Cli.Output;
using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Vaults;
using Microsoft.Extensions.AI;

namespace MemOS.Cli.Commands;

/// <summary><c>memos chat</c>: talks with a local model that remembers; memories reach it as mounted states and text.</summary>
internal static class ChatCommand
{
    // What was said longer ago is recalled, not repeated.
    private const int TurnsKept = 8;

    public static Command Create(GlobalOptions options)
    {
        LocalModelOptionSet local = new();
        Argument<string?> question = new("question") { Description = "What to ask. Without it, questions are read from standard input, a line each.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> conversation = new("--conversation") { Description = "The name under which what is said is stored." };
        Option<bool> forget = new("--no-store") { Description = "Do not store what is said." };
        Option<int> most = new("--max-tokens") { Description = "Tokens of an answer at most.", DefaultValueFactory = _ => 256 };
        Option<string?> mount = new("--mount") { Description = "A state to begin with, whatever is recalled: a cartridge out of 'memos states train'.", HelpName = "STATE" };
        Option<string[]> steer = new("--steer") { Description = "A vector out of 'memos steering list' that pushes the answers, and how strongly; 1 when missing, below 0 away from it.", HelpName = "VECTOR=SCALE" };
        Command command = new("chat", "Talk with a local model that remembers.") { question, conversation, forget, most, mount, steer };
        local.AddTo(command, "The model: a name out of 'memos model list', or the path of a GGUF file.", isRequired: true);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            await using LocalMemory memory = local.Open(parsed) ?? throw new CliUsageException("--model names no model.");
            await using TargetVault target = await context.OpenTargetAsync(cancellationToken);
            MemoryVault vault = target.Vault;
            string? store = parsed.GetValue(forget) ? null : parsed.GetValue(conversation) ?? $"chat {context.Clock.GetLocalNow():yyyy-MM-dd HH:mm:ss}";
            ChatOptions how = new() { MaxOutputTokens = parsed.GetValue(most) is > 0 and int tokens ? tokens : throw new CliUsageException("--max-tokens must be 1 or more.") };
            if (parsed.GetValue(steer) is { Length: > 0 } vectors)
            {
                how = new SteeringUse(vault, Governance.Caller.Owner, [.. vectors.Select(SteeringCommand.Parse)]).AddTo(how);
            }

            return await RunAsync(context, memory, vault, Questions(parsed.GetValue(question), context), store, how, parsed.GetValue(mount) is { } state ? CubeArgument.Parse(state) : null, cancellationToken);
        });
        return command;
    }

    private static IEnumerable<string> Questions(string? given, CliContext context)
    {
        if (given is not null)
        {
            yield return given;
            yield break;
        }

        while (true)
        {
            if (context.Interactive)
            {
                context.Error.Write("> ");
            }

            if (Console.In.ReadLine() is not { } line)
            {
                yield break;
            }

            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return line;
            }
        }
    }

    private static async Task<int> RunAsync(
        CliContext context, LocalMemory memory, MemoryVault vault, IEnumerable<string> questions, string? conversation, ChatOptions options, CubeId? mounted, CancellationToken cancellationToken)
    {
        await memory.Activation.Scheduler.LoadAheadAsync(vault, cancellationToken: cancellationToken);
        List<ChatMessage> turns = [];
        List<ChatExchange> exchanges = [];
        foreach (string question in questions)
        {
            turns.Add(new ChatMessage(ChatRole.User, question));
            RecallResult found = await vault.RecallAsync(new RecallQuery { Text = question, Conversation = conversation }, cancellationToken);
            RecalledMemories recalled = new(vault, Governance.Caller.Owner, [.. found.Hits.Select(hit => hit.Cube)]) { Mounted = mounted };
            StringBuilder answer = new();
            IReadOnlyList<UsedMemory> used = [];
            await foreach (ChatResponseUpdate update in memory.Chat.GetStreamingResponseAsync(turns, recalled.AddTo(options), cancellationToken))
            {
                used = update.AdditionalProperties?.GetValueOrDefault(RecalledMemories.UsedProperty) as IReadOnlyList<UsedMemory> ?? used;
                answer.Append(update.Text);
                if (!context.Json)
                {
                    context.Output.Write(Printable.Lines(update.Text));
                }
            }

            turns.Add(new ChatMessage(ChatRole.Assistant, answer.ToString()));
            turns.RemoveRange(0, Math.Max(0, turns.Count - TurnsKept));
            exchanges.Add(new ChatExchange(question, answer.ToString(), used));
            if (!context.Json)
            {
                context.Output.WriteLine();
                context.Error.WriteLine(Told(used));
            }

            await StoreAsync(vault, context.Clock, conversation, question, answer.ToString(), cancellationToken);
            await memory.Activation.Scheduler.RunAsync(vault, question, cancellationToken);
            await memory.Activation.Scheduler.LoadAheadAsync(vault, question, cancellationToken: cancellationToken);
        }

        LoadStatistics loading = memory.Activation.Scheduler.Loading;
        if (context.Json)
        {
            context.WriteJson(json => ChatExchange.Write(json, context.Vault.Value, exchanges, loading));
        }
        else if (loading != LoadStatistics.None)
        {
            context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  [states loaded ahead: {loading.Loads}, {loading.Wasted} for nothing; mounted: {loading.Hits} that were loaded, {loading.Misses} that were not]"));
        }

        return ExitCodes.Done;
    }

    private static string Told(IReadOnlyList<UsedMemory> used) => used.Count == 0 ? "  [no memories]"
        : string.Create(CultureInfo.InvariantCulture, $"  [{used.Count} {(used.Count == 1 ? "memory" : "memories")}: {string.Join(", ", used.Select(memory => $"{memory.Cube} {memory.Form}"))}]");

    private static Task StoreAsync(MemoryVault vault, TimeProvider clock, string? conversation, string question, string answer, CancellationToken cancellationToken) =>
        conversation is null ? Task.CompletedTask : vault.AddAsync(
            [
                new Message { Id = "", Conversation = conversation, Role = MessageRole.User, Text = question, Time = clock.GetUtcNow() },
                .. string.IsNullOrWhiteSpace(answer) ? (Message[])[] : [new Message { Id = "", Conversation = conversation, Role = MessageRole.Assistant, Text = answer, Time = clock.GetUtcNow() }],
            ],
            cancellationToken: cancellationToken);
}
