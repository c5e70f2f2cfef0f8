using System.Globalization;
using MemOS.ModelMaker;
using MemOS.ModelMaker.Tiny;

switch (args)
{
    case ["train", var path, var minutes, var threads, .. var from] when from.Length <= 1:
        TrainCommand.Run(path, TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)), int.Parse(threads, CultureInfo.InvariantCulture), from.FirstOrDefault(), Console.Out);
        return 0;
    case ["evaluate", var path]:
        return await EvaluateCommand.RunAsync(path, Console.Out);
    case ["random", var kind, var encoding, var path]:
        RandomCommand.Run(kind, encoding, path);
        return 0;
    default:
        Console.Error.WriteLine("""
            MemOS.ModelMaker train FILE MINUTES THREADS [FROM]   trains the tiny model, from random weights or on from a file
            MemOS.ModelMaker evaluate FILE                       how well it answers about facts that it was never told together
            MemOS.ModelMaker random KIND ENCODING FILE           qwen3-0.6b, llama-3.2-1b or bert; F32, F16 or Q8_0
            """);
        return 2;
}
