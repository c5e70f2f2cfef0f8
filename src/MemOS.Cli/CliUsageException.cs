namespace MemOS.Cli;

/// <summary>The command line asks for something that cannot be meant.</summary>
internal sealed class CliUsageException(string message) : Exception(message);
