using System.Text.Json;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Transformations;
using MemOS.Vaults;

namespace MemOS.Activation;

/// <summary>
/// Cartridges: KV states of few positions that are trained to stand for the text of a large and stable set of cubes ("Cartridges", arXiv 2506.06266). Safe from any thread.
/// </summary>
/// <remarks>A cartridge is a state like any other: bound to model and versions, mounted where its sources may be read, and erased with them. It is not exact.</remarks>
public sealed class Cartridges
{
    private const int Margin = 64; // tokens of a context that marks of turns may take

    private readonly ActivationMemory _memory;
    private readonly LocalModel _model;

    internal Cartridges(ActivationMemory memory, LocalModel model) => (_memory, _model) = (memory, model);

    /// <summary>Trains a cartridge for the text of cubes and keeps it as a cube of the vault. It takes seconds to hours, in a process of its own, so that answers go on.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="cubes">Cubes with text, at least one, in their order.</param>
    /// <param name="options">How.</param>
    /// <param name="caller">Who asks; the owner by default. It must be able to read the cubes whole.</param>
    /// <param name="progress">Told now and then how far it is; may be null.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The activation cube, of the type <c>cartridge</c>; as strictly governed as the strictest source.</returns>
    /// <exception cref="MemOSException">As for <see cref="KVStates.Sources"/>; <see cref="ErrorCodes.VersionConflict"/> where a source was changed meanwhile.</exception>
    /// <exception cref="ModelException">
    /// <see cref="ModelErrorCodes.TrainingUnsupported"/>: the model is not a dense one of the kind of Llama or Qwen3 in F32, F16 or Q8_0; <see cref="ModelErrorCodes.InvalidRequest"/>:
    /// keys and values are kept in 8 bits, or more positions are asked for than the text has tokens.
    /// </exception>
    public async Task<MemCube> TrainAsync(
        MemoryVault vault, IReadOnlyList<CubeId> cubes, CartridgeOptions? options = null, Caller? caller = null, IProgress<CartridgeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(cubes);
        return await TrainAsync(vault, vault.States.Sources(cubes, caller), (options ?? new CartridgeOptions()).Checked(), caller, progress, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for a cartridge that is trained later: what can be refused is refused now. Whoever has the model trains it with <see cref="TrainAsync(MemoryVault, TrainingOrder, IProgress{CartridgeProgress}, CancellationToken)"/>.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="cubes">Cubes with text, at least one, in their order.</param>
    /// <param name="options">How.</param>
    /// <param name="caller">Who asks; the owner by default, and nobody else may.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The order, which names the cartridge.</returns>
    /// <exception cref="MemOSException">As for training, and <see cref="ErrorCodes.Forbidden"/>.</exception>
    /// <exception cref="ModelException">As for training.</exception>
    public async Task<TrainingOrder> OrderAsync(MemoryVault vault, IReadOnlyList<CubeId> cubes, CartridgeOptions? options = null, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(cubes);
        options = (options ?? new CartridgeOptions()).Checked();
        IReadOnlyList<MemCube> sources = vault.States.Sources(cubes, caller);
        _model.RequireTrainable();
        _memory.Watch(vault);
        NotedPrompt prompt = await _memory.LayOutAsync([new ContextPart(sources, null)], [], cancellationToken).ConfigureAwait(false);
        RequirePositions(options.Tokens ?? 1, prompt.Notes[0].Length);
        await RequireRoomAsync(vault, prompt, options, cancellationToken).ConfigureAwait(false);
        return await vault.Training.AddAsync(sources, JsonSerializer.SerializeToUtf8Bytes(options, CartridgeJson.Default.CartridgeOptions), caller, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Trains what was ordered, from the text as it is now; the cartridge and the end of the order are one commit. Ended in the middle, the order stays.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="order">One of its orders.</param>
    /// <param name="progress">Told now and then how far it is; may be null.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<MemCube> TrainAsync(MemoryVault vault, TrainingOrder order, IProgress<CartridgeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(order);
        CartridgeOptions options;
        using (Stream wish = vault.OpenPayload(order.Wish))
        {
            options = await JsonSerializer.DeserializeAsync(wish, CartridgeJson.Default.CartridgeOptions, cancellationToken).ConfigureAwait(false) ?? new CartridgeOptions();
        }

        return await TrainAsync(vault, vault.States.Sources(order.Cubes), options.Checked(), null, progress, order, cancellationToken).ConfigureAwait(false);
    }

    private async Task<MemCube> TrainAsync(
        MemoryVault vault, IReadOnlyList<MemCube> sources, CartridgeOptions options, Caller? caller, IProgress<CartridgeProgress>? progress, TrainingOrder? order, CancellationToken cancellationToken)
    {
        _memory.Watch(vault);
        NotedPrompt prompt = await _memory.LayOutAsync([new ContextPart(sources, null)], [], cancellationToken).ConfigureAwait(false);
        StateBinding binding = _memory.Binding(await _model.DescribeAsync(cancellationToken).ConfigureAwait(false), prompt.Head);
        int text = prompt.Notes[0].Length, tokens = Positions(options, prompt);
        RequirePositions(tokens, text);
        await RequireRoomAsync(vault, prompt, options, cancellationToken).ConfigureAwait(false);
        KVStateFormat format = new(binding, prompt.Head.Length, prompt.Head.Length + tokens) { StandsFor = text };
        PrefixPlan plan = new() { Tokens = tokens, Steps = options.Steps, Rate = options.Rate, AnswerTokens = options.AnswerTokens, Threads = 0 };
        return await vault.States.AddAsync(sources, format, WriteAsync, caller, null, order, _memory.DiskBytes(vault), cancellationToken).ConfigureAwait(false);

        async Task WriteAsync(string path, CancellationToken cancel)
        {
            List<int[]> questions = await LayOutAsync(options.Questions, cancel).ConfigureAwait(false);
            int longest = questions.Select(question => question.Length).DefaultIfEmpty(SelfStudy.MostTokens + Margin).Max();
            LocalModel trainer = _model.Beside(prompt.Head.Length + text + longest + options.AnswerTokens + Margin);
            await using (trainer.ConfigureAwait(false))
            {
                if (questions.Count == 0)
                {
                    questions = await LayOutAsync(await SelfStudy.AskAsync(trainer, _memory, prompt, options.OwnQuestions, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
                }

                Steps? told = progress is null ? null : new Steps(progress, options.Steps);
                await trainer.TrainPrefixAsync(prompt.Head, prompt.Notes[0], questions, plan, path, told, cancel).ConfigureAwait(false);
            }
        }
    }

    // Before minutes are spent on it.
    private async Task RequireRoomAsync(MemoryVault vault, NotedPrompt prompt, CartridgeOptions options, CancellationToken cancellationToken)
    {
        int tokens = prompt.Head.Length + Positions(options, prompt);
        vault.States.RequireRoom(ActivationScheduler.StateBytesAtMost(await _model.DescribeAsync(cancellationToken).ConfigureAwait(false), tokens), _memory.DiskBytes(vault));
    }

    private static int Positions(CartridgeOptions options, NotedPrompt prompt) => options.Tokens ?? Math.Max(1, prompt.Notes[0].Length / 4);

    private static void RequirePositions(int tokens, int text)
    {
        if (tokens > text)
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, $"The text has {text} tokens; a cartridge of {tokens} would be larger than its plain state.");
        }
    }

    // Each as it stands behind the text.
    private async Task<List<int[]>> LayOutAsync(IReadOnlyList<string> questions, CancellationToken cancellationToken)
    {
        List<int[]> laid = [];
        foreach (string question in questions)
        {
            laid.Add((await _memory.LayOutAsync([], [new ChatTurn("user", question)], cancellationToken).ConfigureAwait(false)).Rest);
        }

        return laid;
    }

    private sealed class Steps(IProgress<CartridgeProgress> progress, int steps) : IProgress<(int Step, double Divergence)>
    {
        public void Report((int Step, double Divergence) value) => progress.Report(new CartridgeProgress(value.Step, steps, value.Divergence));
    }
}
