using System.Collections.Immutable;
using MemOS.Evaluation.Datasets;
using MemOS.Operator.Recall.Ranking;
using MemOS.RankingTrainer;

if (args.Length < 2 || args[1..].Any(argument => !argument.Contains('=')))
{
    Console.Error.WriteLine("Usage: MemOS.RankingTrainer WEIGHTS.cs DATASET=FOLDER... Learns from the development sides, for example locomo=DIR talks=DIR.");
    return 2;
}

List<LabelledPool> pools = [];
string temporary = Directory.CreateTempSubdirectory("memos-ranking-").FullName;
try
{
    PoolReader reader = new(temporary);
    foreach (string[] pair in args[1..].Select(argument => argument.Split('=', 2)))
    {
        pools.AddRange(await reader.ReadAsync(DatasetReaders.All.First(dataset => dataset.Name == pair[0]), pair[1]));
    }
}
finally
{
    Directory.Delete(temporary, recursive: true);
}

LabelledPool[] development = [.. pools.Where(pool => pool.Split is DatasetSplit.Development)];
string[] datasets = [.. pools.Select(pool => pool.Dataset).Distinct()];

// Chosen by leaving out each development conversation in turn; the figures of the others are printed below.
SoftmaxFit chosen = new(sharpness: 3, penalty: 40);
foreach ((float sharpness, float penalty) in new[] { (2f, 40f), (3, 20), (3, 80), (6, 40) })
{
    Print($"sharpness {sharpness}, penalty {penalty}", LeaveOneOut(new SoftmaxFit(sharpness, penalty), _ => true));
}

Print("legs alone, development", _ => null);
Print("all features, each conversation left out", LeaveOneOut(chosen, _ => true));
foreach (FeatureGroup group in FeatureGroup.All)
{
    Print($"without {group.Name}", LeaveOneOut(chosen, feature => !group.Has(feature)));
}

float[] weights = chosen.Fit(development, _ => true);
await File.WriteAllTextAsync(args[0], WeightsFile.Of(weights));
Print("learned weights, development", _ => weights);
foreach (string dataset in datasets)
{
    LabelledPool[] heldOut = [.. pools.Where(pool => pool.Dataset == dataset && pool.Split is DatasetSplit.HeldOut)];
    Console.WriteLine($"{dataset,-8} {"legs alone, held out",-45} {PoolScore.Of(heldOut, _ => null)}");
    Console.WriteLine($"{dataset,-8} {"learned weights, held out",-45} {PoolScore.Of(heldOut, _ => weights)}");
}

return 0;

Func<LabelledPool, float[]?> LeaveOneOut(SoftmaxFit fit, Func<RankingFeature, bool> isUsed)
{
    Dictionary<(string, string), float[]> without = development
        .Select(pool => (pool.Dataset, pool.Conversation)).Distinct().AsParallel()
        .ToDictionary(left => left, left => fit.Fit(development.Where(pool => (pool.Dataset, pool.Conversation) != left), isUsed));
    return pool => without[(pool.Dataset, pool.Conversation)];
}

void Print(string what, Func<LabelledPool, float[]?> weightsFor)
{
    foreach (string dataset in datasets)
    {
        Console.WriteLine($"{dataset,-8} {what,-45} {PoolScore.Of(development.Where(pool => pool.Dataset == dataset), weightsFor)}");
    }
}
