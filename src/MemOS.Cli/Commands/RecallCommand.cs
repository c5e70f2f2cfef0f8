using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MemOS.Cli.Output;
using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Scheduler;
using MemOS.Transfer;
using MemOS.Vaults;

namespace MemOS.Cli.Commands;

/// <summary><c>memos recall</c>: finds memories for a question.</summary>
internal static class RecallCommand
{
    public static Command Create(GlobalOptions options)
    {
        Argument<string> question = new("question") { Description = "The question or topic." };
        Option<int> limit = new("--limit") { Description = "At most so many hits, 1 to 1000.", DefaultValueFactory = _ => 10 };
        Option<int?> budget = new("--budget") { Description = "Stop before the hits' text passes so many tokens." };
        Option<int?> excerpts = new("--excerpts") { Description = "With --budget: cut later hits to their best sentences of about so many tokens, 8 to 1000." };
        Option<string?> filter = FilterOption.Create();
        Option<string?> asOf = new("--as-of") { Description = "Recall from the vault as it stood then." };
        Option<string?> validAt = new("--valid-at") { Description = "Only what holds at this time." };
        Option<string?> conversation = new("--conversation") { Description = "A conversation whose memories weigh more." };
        Option<string?> contextText = new("--context-text") { Description = "The words of the task at hand; memories made in a like one weigh more." };
        Option<bool> archived = new("--archived") { Description = "Find archived memories too." };
        Option<bool> explain = new("--explain") { Description = "Show how each score came about, and the sources." };
        Command command = new("recall", "Find memories for a question.") { question, limit, budget, excerpts, filter, asOf, validAt, conversation, contextText, archived, explain };
        command.SetAction((parsed, cancellationToken) =>
        {
            CliContext context = options.Context(parsed);
            RecallQuery query = new()
            {
                Text = parsed.GetRequiredValue(question),
                Limit = parsed.GetValue(limit) is >= 1 and <= 1000 and int given ? given : throw new CliUsageException("--limit must be 1 to 1000."),
                TokenBudget = parsed.GetValue(budget) is < 1 ? throw new CliUsageException("--budget must be 1 or more.") : parsed.GetValue(budget),
                ExcerptTokens = parsed.GetValue(excerpts) is < 8 or > 1000 ? throw new CliUsageException("--excerpts must be 8 to 1000.") : parsed.GetValue(excerpts),
                Filter = FilterOption.Parse(parsed.GetValue(filter)),
                AsOf = context.ToTime(parsed.GetValue(asOf), "--as-of"),
                ValidAt = context.ToTime(parsed.GetValue(validAt), "--valid-at"),
                Conversation = parsed.GetValue(conversation),
                Context = parsed.GetValue(contextText),
                IncludeArchived = parsed.GetValue(archived),
            };
            return RunAsync(context, query, parsed.GetValue(explain), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, RecallQuery query, bool explain, CancellationToken cancellationToken)
    {
        await using MemoryVault vault = await context.OpenAsync(create: false, cancellationToken);
        RecallResult result = await vault.RecallAsync(query, cancellationToken);
        if (context.Json)
        {
            context.WriteJson(json => Write(json, context, query, result, explain));
        }
        else if (result.Hits.IsEmpty)
        {
            context.Output.WriteLine("Nothing found.");
        }
        else
        {
            RecallTable.Write(context.Output, result, explain);
        }

        return ExitCodes.Done;
    }

    private static void Write(Utf8JsonWriter json, CliContext context, RecallQuery query, RecallResult result, bool explain)
    {
        json.WriteStartObject();
        json.WriteString("vault", context.Vault.Value);
        json.WriteString("query", query.Text);
        json.WriteNumber("tokens", result.Tokens);
        if (result.Window is { } window)
        {
            json.WriteStartObject("window");
            json.WriteString("from", window.From?.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("to", window.To?.ToString("O", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteStartArray("hits");
        for (int i = 0; i < result.Hits.Length; i++)
        {
            RecallHit hit = result.Hits[i];
            json.WriteStartObject();
            json.WriteNumber("rank", i + 1);
            json.WriteNumber("score", Math.Round(hit.Score, 6));
            json.WriteNumber("relevance", Math.Round(hit.Relevance, 6));
            json.WriteNumber("tokens", InjectionPlan.Tokens(hit));
            json.WriteString("prompt_line", InjectionPlan.PromptLine(hit));
            if (explain)
            {
                Write(json, hit);
            }

            json.WritePropertyName("cube");
            CubeJson.Write(json, hit.Cube);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RecallHit hit)
    {
        json.WriteStartObject("breakdown");
        foreach ((string part, double value) in RecallTable.Parts(hit.Breakdown))
        {
            json.WriteNumber(part, Math.Round(value, 6));
        }

        json.WriteEndObject();
        json.WriteStartArray("derived");
        foreach (CubeId derived in hit.Derived.IsDefault ? [] : hit.Derived)
        {
            json.WriteStringValue(derived.Value);
        }

        json.WriteEndArray();
    }
}
