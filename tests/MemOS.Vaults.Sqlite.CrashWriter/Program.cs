using MemOS.Vaults.Sqlite.CrashWriter;

// write FOLDER SEED        writes until it is killed; one line to the output for each acknowledged write
// reembed FOLDER SPACE SEED  re-embeds and adds until it is killed; see SpaceChanges
// snapshots FOLDER SEED    saves the index of a vault nearly all the time until it is killed; see SnapshotWrites
// measure FOLDER COUNT     how fast the engine writes, opens and reads
// golden FOLDER            makes the vault that the golden file of this format is taken from, with its answers
switch (args)
{
    case ["write", var folder, var seed]:
        await MixedWrites.RunAsync(folder, int.Parse(seed));
        return 0;
    case ["reembed", var folder, var space, var seed]:
        await SpaceChanges.RunAsync(folder, space, int.Parse(seed));
        return 0;
    case ["snapshots", var folder, var seed]:
        await SnapshotWrites.RunAsync(folder, int.Parse(seed));
        return 0;
    case ["measure", var folder, var count]:
        await Measurement.RunAsync(folder, int.Parse(count));
        return 0;
    case ["golden", var folder]:
        await GoldenVault.MakeWithAnswersAsync(folder);
        return 0;
    default:
        await Console.Error.WriteLineAsync("write FOLDER SEED | reembed FOLDER SPACE SEED | snapshots FOLDER SEED | measure FOLDER COUNT | golden FOLDER");
        return 1;
}
