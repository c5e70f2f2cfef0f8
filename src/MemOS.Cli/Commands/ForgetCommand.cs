using System.CommandLine;
using System.Globalization;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Vaults;

namespace MemOS.Cli.Commands;

/// <summary><c>memos forget</c>: erases memories from every file of the vault.</summary>
internal static class ForgetCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string[]> cubes = new("cubes") { Description = "Cubes, with the messages they came from and everything derived from those.", Arity = ArgumentArity.ZeroOrMore };
        Option<string[]> messages = new("--message") { Description = "A message by its id; may be repeated.", HelpName = "ID" };
        Option<string?> conversation = new("--conversation") { Description = "Everything of a conversation." };
        Option<string?> filter = FilterOption.Create();
        Option<bool> everything = new("--everything") { Description = "Everything in the vault; needs --yes." };
        Option<bool> yes = new("--yes") { Description = "Yes, everything." };
        Command command = new("forget", "Erase memories for good: the content leaves every file of the vault; the audit log keeps that it happened.")
        {
            cubes, messages, conversation, filter, everything, yes,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            ForgetScope scope = new()
            {
                Cubes = [.. (parsed.GetValue(cubes) ?? []).Select(CubeArgument.Parse)],
                Messages = [.. parsed.GetValue(messages) ?? []],
                Conversation = parsed.GetValue(conversation),
                Filter = FilterOption.Parse(parsed.GetValue(filter)),
                Everything = parsed.GetValue(everything),
            };
            if (scope.IsEmpty)
            {
                throw new MemOSException(ErrorCodes.UnscopedDelete, "Nothing is named, so nothing is forgotten. Name cubes, --message, --conversation or --filter, or say --everything --yes.");
            }

            if (scope.Everything && !parsed.GetValue(yes))
            {
                throw new MemOSException(ErrorCodes.UnscopedDelete, "--everything erases the whole vault for good. Say --yes with it if that is meant.");
            }

            return RunAsync(options.Context(parsed), scope, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, ForgetScope scope, CancellationToken cancellationToken)
    {
        await using MemoryVault vault = await context.OpenAsync(create: false, cancellationToken);
        ForgetResult forgotten = await vault.ForgetAsync(scope, cancellationToken: cancellationToken);
        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("vault", context.Vault.Value);
                json.WriteNumber("messages", forgotten.Messages);
                json.WriteStartArray("cubes");
                foreach (CubeId cube in forgotten.Cubes)
                {
                    json.WriteStringValue(cube.Value);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
        }
        else
        {
            context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{forgotten.Cubes.Length} cubes and {forgotten.Messages} messages are forgotten."));
        }

        return ExitCodes.Done;
    }
}
