using System.Globalization;
using MemOS.ModelMaker;
using MemOS.ModelMaker.Tiny;
using MemOS.Models;

try
{
    switch (args)
    {
        case ["train", var path, var threads]:
            TrainCommand.Run(path, int.Parse(threads, CultureInfo.InvariantCulture), Console.Out);
            return 0;
        case ["evaluate", var path, var questions]:
            await EvaluateCommand.RunAsync(path, int.Parse(questions, CultureInfo.InvariantCulture), Console.Out);
            return 0;
        case ["random", var kind, var encoding, var path]:
            RandomCommand.Run(kind, encoding, path);
            return 0;
        case ["adapter", var path, var seed]:
            AdapterCommand.Run(path, int.Parse(seed, CultureInfo.InvariantCulture));
            return 0;
        case ["measure", var path, var threads, .. var kind] when kind is [] or ["embedder"]:
            await MeasureCommand.RunAsync(path, int.Parse(threads, CultureInfo.InvariantCulture), embeds: kind.Length > 0, Console.Out);
            return 0;
        default:
            Console.Error.WriteLine("""
                MemOS.ModelMaker train FILE THREADS                  trains the tiny model
                MemOS.ModelMaker evaluate FILE QUESTIONS             how well it answers about names and values that it never saw together
                MemOS.ModelMaker random KIND ENCODING FILE           qwen3-0.6b, llama-3.2-1b or bert; F32, F16 or Q8_0
                MemOS.ModelMaker adapter FILE SEED                   a LoRA adapter with random weights for the tiny model: it teaches nothing, but loads
                MemOS.ModelMaker measure FILE THREADS [embedder]     loads it in its host process and times it
                """);
            return 2;
    }
}
catch (Exception exception) when (exception is ModelException or ArgumentException or FormatException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
