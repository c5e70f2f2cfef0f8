using MemOS.Vaults.Sqlite.CrashWriter;

// measure FOLDER COUNT     how fast the engine writes, opens and reads
switch (args)
{
    case ["measure", var folder, var count]:
        await Measurement.RunAsync(folder, int.Parse(count));
        return 0;
    default:
        await Console.Error.WriteLineAsync("measure FOLDER COUNT");
        return 1;
}
