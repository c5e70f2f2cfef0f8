using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using MemOS.Activation;
using MemOS.Cli.Output;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Scheduler.Transitions;
using MemOS.Transformations;
using MemOS.Vaults;

namespace MemOS.Cli.Commands;

/// <summary><c>memos states</c>: the KV states of a vault.</summary>
internal static class StatesCommand
{
    public static Command Create(GlobalOptions options) => new("states", "KV states: text that a local model has read already.") { List(options), Encode(options), Train(options), Run(options), Replay(options), StatePolicyCommand.Create(options), Decisions(options) };

    private static Command List(GlobalOptions options)
    {
        Command command = new("list", "Show the states of the vault.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            await using MemoryVault vault = await context.OpenAsync(create: false, cancellationToken);
            Write(context, vault.States.List());
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Encode(GlobalOptions options)
    {
        LocalModelOptionSet local = new();
        Argument<string[]> cubes = new("cubes") { Description = "Cubes with text, in the order in which they shall stand.", Arity = ArgumentArity.OneOrMore };
        Command command = new("encode", "Make a state of the text of cubes.") { cubes };
        local.AddTo(command, "The model: a name out of 'memos model list', or the path of a GGUF file.", isRequired: true);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            await using LocalMemory memory = local.Open(parsed) ?? throw new CliUsageException("--model names no model.");
            await using MemoryVault vault = await context.OpenAsync(create: false, cancellationToken);
            CubeId[] ids = [.. parsed.GetRequiredValue(cubes).Select(CubeArgument.Parse)];
            Write(context, [await memory.Activation.EncodeAsync(vault, ids, cancellationToken: cancellationToken)]);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Train(GlobalOptions options)
    {
        LocalModelOptionSet local = new();
        CartridgeOptions usual = new();
        Argument<string[]> cubes = new("cubes") { Description = "Cubes with text, in the order in which they shall stand.", Arity = ArgumentArity.OneOrMore };
        Option<int?> tokens = new("--tokens") { Description = "Positions of the cartridge. Default: a quarter of the text's." };
        Option<string?> questions = new("--questions") { Description = "A file with questions about the text, a line each. Without it the model asks itself.", HelpName = "FILE" };
        Option<int> steps = new("--steps") { Description = "Steps of training.", DefaultValueFactory = _ => usual.Steps };
        Option<float> rate = new("--rate") { Description = "Learning rate at the beginning.", DefaultValueFactory = _ => usual.Rate };
        Command command = new("train", "Train a cartridge: a state of few positions that stands for the text of a large, stable set of cubes.") { cubes, tokens, questions, steps, rate };
        local.AddTo(command, "The model, of the kind of Llama or Qwen3 in F32, F16 or Q8_0: a name out of 'memos model list', or the path of a GGUF file.", isRequired: true);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            await using LocalMemory memory = local.Open(parsed) ?? throw new CliUsageException("--model names no model.");
            await using MemoryVault vault = await context.OpenAsync(create: false, cancellationToken);
            CartridgeOptions how = usual with
            {
                Tokens = parsed.GetValue(tokens),
                Questions = parsed.GetValue(questions) is { } file ? [.. (await File.ReadAllLinesAsync(file, cancellationToken)).Where(line => !string.IsNullOrWhiteSpace(line))] : [],
                Steps = parsed.GetValue(steps),
                Rate = parsed.GetValue(rate),
            };
            CubeId[] ids = [.. parsed.GetRequiredValue(cubes).Select(CubeArgument.Parse)];
            TrainingLines? progress = context.Interactive ? new TrainingLines(context.Error) : null;
            Write(context, [await memory.Activation.Cartridges.TrainAsync(vault, ids, how, progress: progress, cancellationToken: cancellationToken)]);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Run(GlobalOptions options)
    {
        LocalModelOptionSet local = new();
        Option<string?> file = new("--trace") { Description = "Write what the decisions rest on to a file, for 'memos states replay'.", HelpName = "FILE" };
        Option<bool> dry = new("--dry-run") { Description = "Show what would be decided, and do nothing." };
        Command command = new("run", "Carry the vault's policy out once: make states of hot texts, give cold ones up.") { file, dry };
        local.AddTo(command, "The model: a name out of 'memos model list', or the path of a GGUF file.", isRequired: true);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            await using LocalMemory memory = local.Open(parsed) ?? throw new CliUsageException("--model names no model.");
            await using MemoryVault vault = await context.OpenAsync(create: false, cancellationToken);
            TransitionTrace trace = await memory.Activation.Scheduler.TraceAsync(vault, cancellationToken: cancellationToken);
            if (parsed.GetValue(file) is { } path)
            {
                await File.WriteAllTextAsync(path, trace.ToJson() + "\n", cancellationToken);
            }

            Write(context, parsed.GetValue(dry) ? trace.Decide() : await memory.Activation.Scheduler.RunAsync(vault, trace, cancellationToken));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Replay(GlobalOptions options)
    {
        Argument<string> file = new("trace") { Description = "A file out of 'memos states run --trace'." };
        Option<string?> policies = LocalModelOptionSet.PoliciesOption();
        Command command = new("replay", "Show what is decided from a trace, under the policy that was in force or another. Nothing is done; no vault and no model are needed.") { file, policies };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            TransitionTrace trace = TransitionTrace.Parse(await File.ReadAllTextAsync(parsed.GetRequiredValue(file), cancellationToken));
            Write(options.Context(parsed), trace.Decide(parsed.GetValue(policies) is { } other ? LocalModelOptionSet.ReadPolicies(other).Of(CliContext.ToVaultId(trace.Vault)) : null));
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Decisions(GlobalOptions options)
    {
        Option<int> limit = new("--limit") { Description = "At most so many, the newest first.", DefaultValueFactory = _ => 50 };
        Command command = new("decisions", "Show what was decided about states, newest first, and why.") { limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            int most = parsed.GetValue(limit) is > 0 and <= 10_000 and int given ? given : throw new CliUsageException("--limit must be 1 to 10,000.");
            await using MemoryVault vault = await context.OpenAsync(create: false, cancellationToken);
            AuditEntry[] entries =
            [
                .. new[] { AuditOperations.Promote, AuditOperations.Demote }.SelectMany(operation => vault.Audit(new AuditQuery { Operation = operation, Limit = most })).OrderByDescending(entry => entry.Sequence).Take(most),
            ];
            Write(context, entries);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(CliContext context, AuditEntry[] decisions)
    {
        if (!context.Json)
        {
            foreach (AuditEntry decision in decisions)
            {
                context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{decision.At:yyyy-MM-dd HH:mm:ss zzz} {decision.Operation} {decision.Cube}: {decision.Detail}"));
            }

            return;
        }

        context.WriteJson(json =>
        {
            json.WriteStartArray();
            foreach (AuditEntry decision in decisions)
            {
                json.WriteStartObject();
                json.WriteString("at", decision.At);
                json.WriteString("decision", decision.Operation);
                json.WriteString("state", decision.Cube.ToString());
                json.WriteString("reason", decision.Detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static void Write(CliContext context, IReadOnlyList<MemCube> states)
    {
        if (!context.Json)
        {
            Tables.Write(context.Output, ["state", "tokens", "stands for", "size", "made from"], states.Select(state => (string[])
            [
                state.Id.ToString(), Format(state)?.Tokens.ToString(CultureInfo.InvariantCulture) ?? "", Format(state)?.StandsFor?.ToString(CultureInfo.InvariantCulture) ?? "", Megabytes(state), string.Join(' ', state.Lineage.Select(edge => $"{edge.Cube}/{edge.Version}")),
            ]));
            return;
        }

        context.WriteJson(json =>
        {
            json.WriteStartArray();
            foreach (MemCube state in states)
            {
                json.WriteStartObject();
                json.WriteString("state", state.Id.ToString());
                json.WriteString("model", state.Descriptive.Model);
                json.WriteNumber("tokens", Format(state)?.Tokens ?? 0);
                if (Format(state)?.StandsFor is { } text)
                {
                    json.WriteNumber("stands_for", text);
                }

                json.WriteNumber("bytes", (state.Payload as StoredPayload)?.Length ?? 0);
                json.WriteStartArray("sources");
                foreach (Derivation edge in state.Lineage)
                {
                    json.WriteStringValue(edge.Cube.ToString());
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static void Write(CliContext context, ImmutableArray<TransitionDecision> decisions)
    {
        if (!context.Json)
        {
            foreach (TransitionDecision decision in decisions)
            {
                context.Output.WriteLine($"{decision.Kind} {decision.Cube}: {decision.Reason}");
            }

            return;
        }

        context.WriteJson(json =>
        {
            json.WriteStartArray();
            foreach (TransitionDecision decision in decisions)
            {
                json.WriteStartObject();
                json.WriteString("decision", decision.Kind is TransitionKind.Promote ? "promote" : "demote");
                json.WriteString("cube", decision.Cube.ToString());
                json.WriteString("state", decision.State?.ToString());
                json.WriteString("reason", decision.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static KVStateFormat? Format(MemCube state) => KVStateFormat.TryParse((state.Payload as StoredPayload)?.Format);

    private static string Megabytes(MemCube state) => string.Create(CultureInfo.InvariantCulture, $"{((state.Payload as StoredPayload)?.Length ?? 0) / 1e6:F2} MB");
}
