using System.CommandLine;
using System.Text.Json.Nodes;
using MemOS.Cli.Output;
using MemOS.Scheduler.Transitions;
using MemOS.Vaults;

namespace MemOS.Cli.Commands;

/// <summary><c>memos states policy</c>: by which policy the states of a vault are kept, and what of it is the vault's own.</summary>
internal static class StatePolicyCommand
{
    public static Command Create(GlobalOptions options)
    {
        Option<string?> policies = LocalModelOptionSet.PoliciesOption();
        Option<string?> set = new("--set") { Description = "Replace what the vault says of its own by a JSON file with the values that differ, or - for standard input. Budgets above those of --policies are refused.", HelpName = "FILE" };
        Option<bool> reset = new("--reset") { Description = "Take back what the vault says of its own." };
        Command command = new("policy", "Show the policy that is in force for the vault and what of it is the vault's own; set that, or take it back.") { policies, set, reset };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            TransitionPolicies operators = LocalModelOptionSet.ReadPolicies(parsed.GetValue(policies));
            string? file = parsed.GetValue(set);
            OwnPolicy? own = (file, parsed.GetValue(reset)) switch
            {
                (null, false) => null,
                (null, true) => OwnPolicy.None,
                (_, true) => throw new CliUsageException("--set and --reset cannot both be asked for."),
                ("-", _) => OwnPolicy.Parse(await Console.In.ReadToEndAsync(cancellationToken)),
                _ => OwnPolicy.Parse(await File.ReadAllTextAsync(file, cancellationToken)),
            };
            Write(context, operators.Of(context.Vault), await KeepAsync(context, own, operators, cancellationToken));
            return ExitCodes.Done;
        });
        return command;
    }

    // A vault that is not there says nothing; the operator's policy for it can be asked for all the same.
    private static async Task<OwnPolicy> KeepAsync(CliContext context, OwnPolicy? own, TransitionPolicies operators, CancellationToken cancellationToken)
    {
        if (own is null && !context.Engine().Exists(context.Vault))
        {
            return OwnPolicy.None;
        }

        await using MemoryVault vault = await context.OpenAsync(create: false, cancellationToken);
        if (own is not null)
        {
            await vault.States.SetPolicyAsync(own, operators, cancellationToken: cancellationToken);
        }

        return vault.States.Policy;
    }

    private static void Write(CliContext context, TransitionPolicy operators, OwnPolicy own)
    {
        JsonObject inForce = Parse(own.Over(operators).ToJson()), given = Parse(own.ToJson());
        if (!context.Json)
        {
            Tables.Write(context.Output, ["value", "in force", "whose"], inForce.Select(value => (string[])
            [
                value.Key, Text(value.Value),
                !given.ContainsKey(value.Key) ? "the operator's" : JsonNode.DeepEquals(given[value.Key], value.Value) ? "the vault's own" : $"the operator's, in place of the vault's {Text(given[value.Key])}",
            ]));
            return;
        }

        context.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("policy");
            inForce.WriteTo(json);
            json.WritePropertyName("own");
            given.WriteTo(json);
            json.WriteEndObject();
        });
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)?.AsObject() ?? [];

    private static string Text(JsonNode? value) => value is JsonArray labels ? string.Join(", ", labels) : value?.ToString() ?? "";
}
