using System.CommandLine;

namespace MemOS.Cli;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions(TextWriter output, TextWriter error)
{
    private readonly Option<string?> _data = new("--data")
    {
        Description = "The folder that holds the vaults. Default: MEMOS_DATA, else ./memos-data.",
        HelpName = "DIR",
        Recursive = true,
    };

    private readonly Option<string?> _vault = new("--vault")
    {
        Description = "The vault. Default: default.",
        HelpName = "ID",
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Write one JSON document with stable snake_case names; errors as JSON on standard error.",
        Recursive = true,
    };

    public void AddTo(Command root)
    {
        root.Add(_data);
        root.Add(_vault);
        root.Add(_json);
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>What a command works with.</summary>
    public CliContext Context(ParseResult parsed) => new(
        parsed.GetValue(_data), parsed.GetValue(_vault), parsed.GetValue(_json), output, error, TimeProvider.System);
}
