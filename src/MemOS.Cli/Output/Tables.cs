using Spectre.Console;

namespace MemOS.Cli.Output;

/// <summary>Draws tables for people. The only place, with the progress bar, that touches the drawing library: output as JSON never loads it.</summary>
internal static class Tables
{
    private const int WidthOfFiles = 160;

    /// <summary>Draws a table. Cells are content, not markup.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Table table = new() { Border = TableBorder.Simple, UseSafeBorder = true };
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Spectre.Console.Text(column)));
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            table.AddRow(row.Select(cell => new Spectre.Console.Text(Printable.Lines(cell))));
        }

        Console(output).Write(table);
    }

    public static IAnsiConsole Console(TextWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        bool terminal = ReferenceEquals(output, System.Console.Out) ? !System.Console.IsOutputRedirected
            : ReferenceEquals(output, System.Console.Error) && !System.Console.IsErrorRedirected;
        if (!terminal)
        {
            console.Profile.Width = WidthOfFiles;
            console.Profile.Capabilities.Ansi = false;
        }

        return console;
    }
}
