using System.Globalization;
using MemOS.ActivationBench;
using MemOS.Models;
using MemOS.Models.Files.Gguf;

// What activation memory gains and loses.
//   table MODEL.gguf [--contexts 583,2773,6064] [--questions 167,303,953] [--threads 2] [--repeat 5] [--compact yes] [--attention library]
//   places MODEL.gguf [--states 2,4] [--contexts 583,2773] [--questions 167] [--threads 2] [--repeat 5]
//   composition MODEL.gguf [--cubes 2,4,8] [--recompute 0,5,15,30,100] [--facts 2] [--count 50] [--threads 1]
//   cartridge MODEL.gguf [--texts-of 8,16,32] [--shares 12,25,50] [--texts 2] [--steps 200] [--rate 0.05] [--threads 2]
Dictionary<string, string> options = new()
{
    ["contexts"] = "583,2773,6064",
    ["questions"] = "167,303,953",
    ["threads"] = "2",
    ["repeat"] = "5",
    ["compact"] = "no",
    ["states"] = "2,4",
    ["attention"] = "own",
    ["cubes"] = "2,4,8",
    ["recompute"] = "0,5,15,30,100",
    ["facts"] = "2",
    ["count"] = "50",
    ["texts-of"] = "8,16,32",
    ["shares"] = "12,25,50",
    ["texts"] = "2",
    ["steps"] = "200",
    ["rate"] = "0.05",
};
try
{
    for (int i = 2; i + 1 < args.Length; i += 2)
    {
        string name = args[i].TrimStart('-');
        options[options.ContainsKey(name) ? name : throw new ArgumentException($"{args[i]} is not known.")] = args[i + 1];
    }

    switch (args)
    {
        case ["table", var model, ..]:
            RequirePositions(model);
            await TimeTable.RunAsync(model, Numbers("contexts"), Numbers("questions"), Number("threads"), Number("repeat"), options["compact"] == "yes", options["attention"] == "library", Console.Out);
            return 0;
        case ["places", var model, ..]:
            PlaceTable.Run(model, Numbers("states"), Numbers("contexts"), Numbers("questions")[0], Number("threads"), Number("repeat"), Console.Out);
            return 0;
        case ["composition", var model, ..]:
            await CompositionTable.RunAsync(model, Numbers("cubes"), Numbers("recompute"), Number("facts"), Number("count"), Number("threads"), Console.Out);
            return 0;
        case ["cartridge", var model, ..]:
            await CartridgeTable.RunAsync(model, Numbers("texts-of"), Numbers("shares"), Number("texts"), Number("steps"), float.Parse(options["rate"], CultureInfo.InvariantCulture), Number("threads"), Console.Out);
            return 0;
        default:
            Console.Error.WriteLine("table MODEL.gguf [--contexts N,N] [--questions N,N] [--threads N] [--repeat N] [--compact yes] [--attention library]\nplaces MODEL.gguf [--states N,N] [--contexts N,N] [--questions N] [--threads N] [--repeat N]\ncomposition MODEL.gguf [--cubes N,N] [--recompute N,N] [--facts N] [--count N] [--threads N]\ncartridge MODEL.gguf [--texts-of N,N] [--shares N,N] [--texts N] [--steps N] [--rate X] [--threads N]");
            return 2;
    }
}
catch (Exception exception) when (exception is ModelException or ArgumentException or FormatException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

int Number(string name) => int.Parse(options[name], CultureInfo.InvariantCulture);
int[] Numbers(string name) => [.. options[name].Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];

// Beforehand, and in the words of this command: a model is asked for no more positions than it was made for.
void RequirePositions(string model)
{
    const int Layout = 48; // tokens of roles and of what introduces the memory
    IReadOnlyDictionary<string, string> facts = GgufFile.Open(model).Facts;
    int needed = Numbers("contexts").Max() + Numbers("questions").Max() + Layout;
    if (int.TryParse(facts.GetValueOrDefault($"{facts.GetValueOrDefault("general.architecture")}.context_length"), CultureInfo.InvariantCulture, out int made) && made < needed)
    {
        throw new ArgumentException($"{Path.GetFileName(model)} was made for {made} positions, and the longest context with the longest question takes about {needed}: name shorter ones, as --contexts {made / 2} --questions {made / 8}.");
    }
}
