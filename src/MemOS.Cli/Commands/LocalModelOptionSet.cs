using System.CommandLine;
using MemOS.Activation;
using MemOS.Models.Files;
using MemOS.Models.Llama;
using MemOS.Scheduler.Transitions;

namespace MemOS.Cli.Commands;

/// <summary>The options by which a command is given a local model.</summary>
internal sealed class LocalModelOptionSet
{
    private const int MostIdle = 49 * 24 * 60;

    private readonly Option<string?> _model = new("--model") { HelpName = "NAME|FILE" };
    private readonly Option<string?> _folder = ModelCommand.FolderOption();
    private readonly Option<int> _context = new("--context") { Description = "Tokens that all conversations and loaded states together may hold.", HelpName = "TOKENS", DefaultValueFactory = _ => 4096 };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads to compute with. Default: half of the processors; more than are free is many times slower.", DefaultValueFactory = _ => Math.Max(1, Environment.ProcessorCount / 2) };
    private readonly Option<int?> _memory = new("--model-memory") { Description = "What the model's process may take; above, what is asked fails and the process ends. Default: no limit.", HelpName = "MB" };
    private readonly Option<int?> _idle = new("--model-idle") { Description = "How long the model's process stays when nothing is asked; the next question starts it again. Default: 10.", HelpName = "MINUTES" };
    private readonly Option<bool> _compact = new("--compact-states") { Description = "Keep keys and values of states in 8 bits: half the bytes on disk, nearly the same answers." };
    private readonly Option<string?> _frame = new("--frame") { Description = "What introduces memories; empty for nothing. Another text makes states anew.", HelpName = "TEXT" };
    private readonly Option<bool> _bare = new("--bare-notes") { Description = "Give memories as their text alone, without time and speaker, as some small models were trained." };
    private readonly Option<string?> _policies = PoliciesOption();

    /// <summary>The option that names a file of policies.</summary>
    public static Option<string?> PoliciesOption() => new("--policies") { Description = "A JSON file that says when text becomes a state and a state text again, vault by vault.", HelpName = "FILE" };

    /// <summary>The policies of a file; the usual ones where none is named.</summary>
    public static TransitionPolicies ReadPolicies(string? file) => file is null ? new TransitionPolicies() : TransitionPolicies.Parse(File.ReadAllText(file));

    /// <summary>The policies that were named, with or without a model.</summary>
    public TransitionPolicies Policies(ParseResult parsed) => ReadPolicies(parsed.GetValue(_policies));

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command, string description, bool isRequired = false)
    {
        _model.Description = description;
        _model.Required = isRequired;
        foreach (Option option in (Option[])[_model, _folder, _context, _threads, _memory, _idle, _compact, _frame, _bare, _policies])
        {
            command.Add(option);
        }
    }

    /// <summary>What was asked for, or null where no model was. Nothing is started yet.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="logger">Told what is decided about states; null where nobody reads on.</param>
    /// <exception cref="CliUsageException">An option is not usable.</exception>
    public LocalMemory? Open(ParseResult parsed, ILogger<ActivationMemory>? logger = null)
    {
        if (parsed.GetValue(_model) is not { Length: > 0 } name)
        {
            return null;
        }

        LocalModelOptions options = new()
        {
            Path = new ModelFolder(parsed.GetValue(_folder)).Find(name),
            ContextTokens = parsed.GetValue(_context) is > 0 and int tokens ? tokens : throw new CliUsageException("--context must be 1 or more."),
            Threads = parsed.GetValue(_threads) is > 0 and int threads ? threads : throw new CliUsageException("--threads must be 1 or more."),
            CompactStates = parsed.GetValue(_compact),
            MemoryLimit = parsed.GetValue(_memory) is not { } megabytes ? 0 : megabytes > 0 ? (long)megabytes << 20 : throw new CliUsageException("--model-memory must be 1 or more."),
        };
        ActivationOptions usual = new() { Policies = Policies(parsed), Notes = parsed.GetValue(_bare) ? NoteForm.TextAlone : NoteForm.TimeAndSpeaker };
        if (parsed.GetValue(_idle) is { } minutes)
        {
            TimeSpan idle = minutes is >= 1 and <= MostIdle ? TimeSpan.FromMinutes(minutes) : throw new CliUsageException($"--model-idle must be 1 to {MostIdle}, which is 49 days.");
            options = options with { IdleTimeout = idle };
            usual = usual with { LoadedFor = idle < usual.LoadedFor ? idle : usual.LoadedFor }; // a state that waits for its mount keeps the process
        }

        return new LocalMemory(new LocalModel(options), parsed.GetValue(_frame) is { } frame ? usual with { Frame = frame } : usual, TimeProvider.System, logger);
    }
}
