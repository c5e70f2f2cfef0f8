using System.CommandLine;

namespace MemOS.Cli.Commands;

/// <summary>Where the key of a source stands: in a variable or in a file. Never in an argument, which every user of the machine could read.</summary>
internal sealed class KeyOptions
{
    private readonly Option<string?> _variable = new("--key-env") { Description = "The environment variable that holds the key of the source.", HelpName = "NAME" };
    private readonly Option<string?> _file = new("--key-file") { Description = "The file that holds the key of the source, and nothing else.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(_variable);
        command.Add(_file);
    }

    /// <summary>Reads the key; null when none is named.</summary>
    /// <exception cref="CliUsageException">There is none where it should be. The message never holds it.</exception>
    public string? Read(ParseResult parsed) => (parsed.GetValue(_variable), parsed.GetValue(_file)) switch
    {
        (null, null) => null,
        ({ } variable, null) => Checked(Environment.GetEnvironmentVariable(variable), $"--key-env: the variable {variable}"),
        (null, { } file) => Checked(Content(file), $"--key-file: {file}"),
        _ => throw new CliUsageException("--key-env and --key-file exclude each other."),
    };

    private static string Content(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliUsageException($"--key-file: {exception.Message}");
        }
    }

    private static string Checked(string? text, string place) => text?.Trim() is { Length: > 0 and <= 8192 } key && key.All(letter => letter is > ' ' and < '\u007f')
        ? key
        : throw new CliUsageException($"{place} holds no key: one word of printable ASCII.");
}
