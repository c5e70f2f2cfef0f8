using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MemOS.Cubes;
using MemOS.Models.BuiltIn;
using MemOS.Testing;
using MemOS.Operator.Recall;
using MemOS.Operator.Recall.Vectors;
using MemOS.Vaults;

namespace MemOS.Core.Tests.Operator.Recall;

/// <summary>One LoCoMo conversation (arXiv 2402.17753), turn by turn, with the questions of categories 1 to 4 that have evidence.</summary>
internal sealed partial record Locomo(string Name, ImmutableArray<MemCube> Turns, ImmutableArray<Locomo.Question> Questions)
{
    internal sealed record Question(string Text, int Category, ImmutableHashSet<int> Evidence);

    public static IReadOnlyList<Locomo> Load() =>
        SharedData.LoCoMo is not { } folder ? [] : [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Indexes the turns.</summary>
    public async Task<(RecallIndex Index, DocumentAnalyzer Analyzer)> BuildAsync(RecallOptions? options = null)
    {
        var analyzer = new DocumentAnalyzer(WordNetEmbedder.Shared);
        var index = new RecallIndex(analyzer.Space, options);
        IReadOnlyList<IndexDocument> documents = await analyzer.AnalyzeAsync(Turns);
        for (int i = 0; i < Turns.Length; i++)
        {
            index.Apply(Turns[i], documents[i]);
        }

        return (index, analyzer);
    }

    /// <summary>The share of the question's evidence among the first so many hits.</summary>
    public static double Recall(Question question, IReadOnlyList<RankedCube> hits, int first) =>
        hits.Take(first).Count(hit => question.Evidence.Contains((int)hit.Sequence - 1)) / (double)question.Evidence.Count;

    private static Locomo Read(string file)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement root = json.RootElement;
        var turns = ImmutableArray.CreateBuilder<MemCube>();
        var places = new Dictionary<string, int>();
        for (int session = 1; session < 100; session++)
        {
            if (!root.TryGetProperty($"session_{session}", out JsonElement list) || list.ValueKind is not JsonValueKind.Array)
            {
                continue;
            }

            DateTimeOffset time = ReadTime(root.GetProperty($"session_{session}_date_time").GetString() ?? "");
            foreach (JsonElement turn in list.EnumerateArray())
            {
                string id = turn.GetProperty("dia_id").GetString() ?? "";
                places[id] = turns.Count;
                turns.Add(Turn(turn, id, turns.Count + 1, time));
                time = time.AddSeconds(20);
            }
        }

        var questions = root.GetProperty("qa").EnumerateArray()
            .Select(qa => new Question(
                qa.GetProperty("question").GetString() ?? "",
                qa.GetProperty("category").GetInt32(),
                qa.TryGetProperty("evidence", out JsonElement evidence)
                    ? [.. evidence.EnumerateArray().SelectMany(e => TurnId().Matches(e.GetString() ?? "")).Select(m => m.Value).Where(places.ContainsKey).Select(id => places[id])]
                    : []))
            .Where(question => question.Category <= 4 && !question.Evidence.IsEmpty);
        return new Locomo(Path.GetFileNameWithoutExtension(file), turns.DrainToImmutable(), [.. questions]);
    }

    private static MemCube Turn(JsonElement turn, string id, int number, DateTimeOffset time)
    {
        string text = turn.GetProperty("text").GetString() ?? "";
        if (turn.TryGetProperty("blip_caption", out JsonElement caption))
        {
            text += $" [image: {caption.GetString()}]";
        }

        return new MemCube
        {
            Id = new CubeId(new Guid(number, 0, 0, new byte[8])),
            Version = 1,
            Sequence = number,
            State = CubeState.Generated,
            Payload = new PlaintextPayload(text),
            Sources = [new MessageSource(id, null, number, 0, text.Length)],
            Descriptive = new DescriptiveHeader
            {
                CreatedAt = time,
                Origin = OriginSignature.UserInput,
                Type = SemanticType.Episode,
                SaidAt = time,
                Speaker = turn.GetProperty("speaker").GetString(),
                Role = "user",
            },
        };
    }

    private static DateTimeOffset ReadTime(string text) => DateTimeOffset.ParseExact(
        text, "h:mm tt 'on' d MMMM, yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces);

    [GeneratedRegex(@"D\d+:\d+")]
    private static partial Regex TurnId();
}
