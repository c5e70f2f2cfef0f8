using System.Diagnostics;
using System.Globalization;
using MemOS.EmbedderBuilder;
using MemOS.EmbedderBuilder.Measurement;
using MemOS.EmbedderBuilder.WordNet;
using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Datasets.LoCoMo;
using MemOS.Evaluation.Reports;
using MemOS.Models.BuiltIn;
using MemOS.Text.Classes;

// build OUT [--wordnet FOLDER]            makes the table by the recipe
// classes OUT [--wordnet FOLDER]          makes the table of word classes
// show TABLE [--wordnet FOLDER]           nearest neighbours of a fixed list of words
// measure TABLE --locomo FOLDER           vectors alone, and the whole of recall
// search --locomo FOLDER                  tries recipes
const string Usage = "build OUT | classes OUT | show TABLE | measure TABLE --locomo FOLDER | search --locomo FOLDER [--only NAME,NAME]   [--wordnet FOLDER] [--conversations 26,30,41]";

Dictionary<string, string> named = [];
List<string> plain = [];
for (int i = 0; i < args.Length; i++)
{
    if (args[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < args.Length)
    {
        named[args[i][2..]] = args[++i];
    }
    else
    {
        plain.Add(args[i]);
    }
}

string[] metrics = ["r@1", "r@10", "mrr"];
string wordnet = named.GetValueOrDefault("wordnet", "/usr/share/wordnet");
switch (plain)
{
    case ["build", var path]:
        long start = Stopwatch.GetTimestamp();
        byte[] made = new TableBuilder(WordNetDatabase.Read(wordnet)).Build(new Recipe());
        await File.WriteAllBytesAsync(path, made);
        WordVectors table = new(made);
        Console.WriteLine($"{table.Space}: {table.Rows} vectors for {table.Keys} words and phrases, {made.Length:N0} bytes, {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
        return 0;
    case ["classes", var path]:
        byte[] classes = new ClassTable(WordNetDatabase.Read(wordnet)).Build();
        await File.WriteAllBytesAsync(path, classes);
        Console.WriteLine($"{new WordClasses(classes).Names} names of classes, {classes.Length:N0} bytes");
        return 0;
    case ["show", var path]:
        NearestNeighbours neighbours = new(Open(path), WordNetDatabase.Read(wordnet));
        foreach (string word in NearestNeighbours.Sample)
        {
            Console.WriteLine($"{word}: {string.Join(", ", neighbours.Of(word).Select(near => string.Create(CultureInfo.InvariantCulture, $"{near.Word} {near.Cosine:F2}")))}");
        }

        return 0;
    case ["measure", var path] when named.TryGetValue("locomo", out string? locomo):
        await MeasureAsync(path, Open(path), locomo, [0, 0.2, 0.4, 0.7, 1]);
        return 0;
    case ["search"] when named.TryGetValue("locomo", out string? locomo):
        TableBuilder builder = new(WordNetDatabase.Read(wordnet));
        foreach ((string name, Recipe recipe) in Search.Recipes.Where(one => !named.TryGetValue("only", out string? only) || only.Split(',').Contains(one.Name)))
        {
            byte[] bytes = builder.Build(recipe);
            await MeasureAsync(string.Create(CultureInfo.InvariantCulture, $"{name} ({bytes.Length / 1e6:F1} MB)"), new WordNetEmbedder(new WordVectors(bytes)), locomo, [0.4, 0.8]);
        }

        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 64;
}

static WordNetEmbedder Open(string path) => new(new WordVectors(File.ReadAllBytes(path)));

async Task MeasureAsync(string name, WordNetEmbedder embedder, string locomo, double[] weights)
{
    LoCoMoReader reader = new();
    ConversationSelection selection = new() { Names = [.. named.GetValueOrDefault("conversations", "26,30,41").Split(',')] };
    List<LabelledConversation> conversations = [];
    await foreach (LabelledConversation conversation in reader.ReadAsync(locomo))
    {
        if (selection.Takes(reader, conversation.Name))
        {
            conversations.Add(conversation);
        }
    }

    Console.Write($"{name,-24} vectors alone R@1/5/10/50 {string.Join(' ', VectorLeg.Measure(embedder, conversations).Select(share => share.ToString("F3", CultureInfo.InvariantCulture)))}");
    foreach (EvaluationReport report in await Ranking.MeasureAsync(embedder, locomo, selection, weights))
    {
        Console.Write($"; {report.Name} R@1/10, MRR: ");
        Console.Write(string.Join(' ', metrics.Select(metric => Mean(report, metric).ToString("F3", CultureInfo.InvariantCulture))));
    }

    Console.WriteLine();
    if (plain[0] == "measure")
    {
        Console.WriteLine(CosineLevels.Measure(embedder, conversations));
    }
}

static double Mean(EvaluationReport report, string metric) => report.Groups.Single(group => group.Group == "overall").Metrics.Single(summary => summary.Metric == metric).Mean;
