using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using MemOS.Cli.Commands;
using MemOS.Cli.Commands.Eval;
using MemOS.Cli.Output;
using MemOS.Models;

namespace MemOS.Cli;

/// <summary>The <c>memos</c> tool: reads the command line, runs the command, turns errors into exit codes.</summary>
public static class CliApp
{
    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where errors and progress go.</param>
    /// <param name="cancellationToken">Ends the command; Ctrl-C does too.</param>
    /// <returns>0 done, 1 failed, 2 not understood or refused as it was asked, 3 not found, 130 cancelled.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        GlobalOptions options = new(output, error);
        Command root = Build(options);
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            ErrorOutput.Write(error, args.Contains("--json"), "usage", string.Join(" ", parsed.Errors.Select(problem => problem.Message)) + " See --help.");
            return ExitCodes.Usage;
        }

        if (StrayOption(parsed) is { } stray)
        {
            ErrorOutput.Write(error, options.IsJson(parsed), "usage", $"There is no option {stray}. Put -- before a text that begins so. See --help.");
            return ExitCodes.Usage;
        }

        try
        {
            InvocationConfiguration configuration = new() { Output = output, Error = error, EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            ErrorOutput.Write(error, options.IsJson(parsed), "cancelled", "Cancelled. What was written before is kept.");
            return ExitCodes.Cancelled;
        }
        catch (MemOSException exception)
        {
            ErrorOutput.Write(error, options.IsJson(parsed), exception.Code, exception.Message);
            return ExitCodes.Of(exception.Code);
        }
        catch (ModelException exception)
        {
            ErrorOutput.Write(error, options.IsJson(parsed), exception.Code, exception.Message);
            return ExitCodes.Of(exception.Code);
        }
        catch (CliUsageException exception)
        {
            ErrorOutput.Write(error, options.IsJson(parsed), "usage", exception.Message);
            return ExitCodes.Usage;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ErrorOutput.Write(error, options.IsJson(parsed), ErrorCodes.StorageFailed, exception.Message);
            return ExitCodes.Failed;
        }
    }

    // The library takes an option that it does not know for a text.
    private static string? StrayOption(ParseResult parsed) => parsed.Tokens.Any(token => token.Type is TokenType.DoubleDash) ? null
        : parsed.CommandResult.Command.Arguments.SelectMany(argument => parsed.GetResult(argument)?.Tokens ?? [])
            .FirstOrDefault(token => token.Value.Length > 2 && token.Value.StartsWith("--", StringComparison.Ordinal))?.Value;

    // A root of the library's own would be called like the file that runs.
    private static Command Build(GlobalOptions options)
    {
        Command root = new("memos", "Memory for language models and agents: store, recall, correct and forget.") { new HelpOption(), new VersionOption() };
        options.AddTo(root);
        root.Add(AddCommand.Create(options));
        root.Add(ImportCommand.Create(options));
        root.Add(RecallCommand.Create(options));
        root.Add(ShowCommand.Create(options));
        root.Add(HistoryCommand.Create(options));
        root.Add(RollbackCommand.Create(options));
        root.Add(ForgetCommand.Create(options));
        root.Add(ExportCommand.Create(options));
        root.Add(MigrateCommand.Create(options));
        root.Add(VaultsCommand.Create(options));
        root.Add(VerifyCommand.Create(options));
        root.Add(ModelCommand.Create(options));
        root.Add(DoctorCommand.Create(options));
        root.Add(EvalCommand.Create(options));
        root.Add(ChatCommand.Create(options));
        root.Add(StatesCommand.Create(options));
        root.Add(SteeringCommand.Create(options));
        root.Add(ServeCommand.Create(options));
        root.Add(McpCommand.Create(options));
        return root;
    }
}
