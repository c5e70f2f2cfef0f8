using System.Globalization;
using MemOS.ActivationBench;

// What activation memory gains and loses.
//   table MODEL.gguf [--contexts 583,2773,6064] [--questions 167,303,953] [--threads 2] [--repeat 5]
//   composition MODEL.gguf [--cubes 2,4,8] [--recompute 0,5,15,30,100] [--facts 2] [--count 50] [--threads 1]
//   cartridge MODEL.gguf [--texts-of 8,16,32] [--shares 12,25,50] [--texts 2] [--steps 200] [--rate 0.05] [--threads 2]
Dictionary<string, string> options = new()
{
    ["contexts"] = "583,2773,6064",
    ["questions"] = "167,303,953",
    ["threads"] = "2",
    ["repeat"] = "5",
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
for (int i = 2; i + 1 < args.Length; i += 2)
{
    string name = args[i].TrimStart('-');
    options[options.ContainsKey(name) ? name : throw new ArgumentException($"{args[i]} is not known.")] = args[i + 1];
}

int Number(string name) => int.Parse(options[name], CultureInfo.InvariantCulture);
int[] Numbers(string name) => [.. options[name].Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];

switch (args)
{
    case ["table", var model, ..]:
        await TimeTable.RunAsync(model, Numbers("contexts"), Numbers("questions"), Number("threads"), Number("repeat"), Console.Out);
        return 0;
    case ["composition", var model, ..]:
        await CompositionTable.RunAsync(model, Numbers("cubes"), Numbers("recompute"), Number("facts"), Number("count"), Number("threads"), Console.Out);
        return 0;
    case ["cartridge", var model, ..]:
        await CartridgeTable.RunAsync(model, Numbers("texts-of"), Numbers("shares"), Number("texts"), Number("steps"), float.Parse(options["rate"], CultureInfo.InvariantCulture), Number("threads"), Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("table MODEL.gguf [--contexts N,N] [--questions N,N] [--threads N] [--repeat N]\ncomposition MODEL.gguf [--cubes N,N] [--recompute N,N] [--facts N] [--count N] [--threads N]\ncartridge MODEL.gguf [--texts-of N,N] [--shares N,N] [--texts N] [--steps N] [--rate X] [--threads N]");
        return 2;
}
