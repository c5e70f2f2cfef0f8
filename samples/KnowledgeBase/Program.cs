// A document knowledge base: passages in, answers with their sources out.
using MemOS;
using MemOS.Api;

await using VaultHost host = VaultHost.OpenFolder(args.Length > 0 ? args[0] : "memos-data");
IMemoryClient handbook = host.CreateClient("handbook");

const string Before = """
    # Travel

    Trips over 500 euros need the consent of a manager. Trains are preferred to flights under six hours.

    # Leave

    Everybody has 30 days of paid leave a year. Ten days may be taken to the next year.
    """;
AddMessagesResponse added = await handbook.AddDocumentAsync(new AddDocumentRequest { Name = "handbook.md", Text = Before });
Console.WriteLine($"{added.Messages.Count} passages.");

// A new edition: passages that stayed are recognised and not stored again.
AddMessagesResponse again = await handbook.AddDocumentAsync(new AddDocumentRequest { Name = "handbook.md", Text = Before.Replace("30 days", "32 days", StringComparison.Ordinal) });
Console.WriteLine($"{again.Messages.Count(message => !message.WasKnown)} of them changed.");

// What the new edition no longer says goes to the archive: it is kept, and no longer found.
HashSet<Guid> current = [.. again.Messages.SelectMany(passage => passage.Cubes).Select(cube => cube.Id)];
foreach (CubeRecord old in added.Messages.SelectMany(passage => passage.Cubes).Where(cube => !current.Contains(cube.Id)))
{
    await handbook.GiveFeedbackAsync(old.Id, new FeedbackRequest { Verdict = "reject" });
}

foreach (string question in (string[])["Who has to agree to an expensive trip?", "How many days of leave do I have?"])
{
    RecallHitRecord best = (await handbook.RecallAsync(question, limit: 1)).Hits[0];
    SourceRecord source = best.Cube.Sources[0];
    Console.WriteLine($"{question}\n  {best.Cube.Text?.ReplaceLineEndings(" ")}\n  {source.Conversation}, passage {source.MessageId}, relevance {best.Relevance:0.00}");
}
