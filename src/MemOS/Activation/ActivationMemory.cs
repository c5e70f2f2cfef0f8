using System.Runtime.InteropServices;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Contexts;
using MemOS.Models.Llama.Protocol;
using MemOS.Scheduler;
using MemOS.Scheduler.Transitions;
using MemOS.Transformations;
using MemOS.Vaults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemOS.Activation;

/// <summary>Activation memory over a local model: text made into KV states, kept in vaults as cubes, and mounted in front of prompts (paper, section on activation memory).</summary>
/// <remarks>
/// Safe from any thread; it owns neither the model nor vaults. A state at the beginning of a context gives what the text at its place gives, to the last bit on
/// processors. Whether a caller may mount a state is decided at each mount, again after its bytes were read, also for one that was loaded ahead.
/// </remarks>
public sealed class ActivationMemory : IAsyncDisposable
{
    private const int SequencesToCompose = 2;

    private readonly LocalModel _model;
    private readonly ActivationOptions _options;
    private volatile TransitionPolicies _policies;
    private readonly ChatLayout _layout;
    private readonly LoadedStates _loaded;
    private readonly SemaphoreSlim _encoding = new(1, 1); // one state is in the making at a time: the budget of the disk is for it too, and nobody makes it twice

    /// <summary>Makes it. Nothing is started or read yet.</summary>
    /// <param name="model">The model; alive as long as this is used.</param>
    /// <param name="options">How memories are given to it.</param>
    /// <param name="clock">Where time comes from; the system's by default.</param>
    /// <param name="logger">Told every decision about states.</param>
    public ActivationMemory(LocalModel model, ActivationOptions? options = null, TimeProvider? clock = null, ILogger<ActivationMemory>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _options = options ?? new ActivationOptions();
        _policies = _options.Policies;
        _layout = new ChatLayout(model);
        Steering = new SteeringVectors(model);
        Cartridges = new Cartridges(this, model);
        _loaded = new LoadedStates(model, clock ?? TimeProvider.System, _options.LoadedFor);
        model.RoomWanted += _loaded.MakeRoom;
        Scheduler = new ActivationScheduler(this, model, _loaded, clock ?? TimeProvider.System, logger ?? NullLogger<ActivationMemory>.Instance);
    }

    /// <summary>Vectors that push answers in a direction.</summary>
    public SteeringVectors Steering { get; }

    /// <summary>Trained prefixes, each in the place of a longer text.</summary>
    public Cartridges Cartridges { get; }

    /// <summary>The model.</summary>
    internal LocalModel Model => _model;

    /// <summary>
    /// When text becomes a state and a state text again, as the operator says. Others can be set at any time; they hold for what is decided, loaded and answered from then on. A vault may keep
    /// values of its own (<see cref="KVStates.SetPolicyAsync"/>); <see cref="TransitionPolicies.InForce"/> gives what comes of both.
    /// </summary>
    public TransitionPolicies Policies
    {
        get => _policies;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _policies = value;
        }
    }

    /// <summary>Decides what becomes a state and what is loaded ahead.</summary>
    public ActivationScheduler Scheduler { get; }

    /// <summary>What states have to be bound to, to be mounted here. Starts the model.</summary>
    public async Task<StateBinding> BindingAsync(CancellationToken cancellationToken = default) =>
        Binding(await _model.DescribeAsync(cancellationToken).ConfigureAwait(false), (await LayOutAsync([], [], cancellationToken).ConfigureAwait(false)).Head);

    /// <summary>Makes a state from the text of cubes, in their order, and keeps it as a cube of the vault. One that exists and is mountable is returned instead.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="cubes">Cubes with text, at least one.</param>
    /// <param name="caller">Who asks; the owner by default. It must be able to read the cubes whole.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The activation cube; as strictly governed as the strictest source.</returns>
    /// <exception cref="MemOSException">As for <see cref="KVStates.Sources"/>; <see cref="ErrorCodes.VersionConflict"/> where a source was changed meanwhile; <see cref="ErrorCodes.BudgetExceeded"/>.</exception>
    /// <exception cref="ModelException">The model cannot be used, or the text does not fit.</exception>
    public async Task<MemCube> EncodeAsync(MemoryVault vault, IReadOnlyList<CubeId> cubes, Caller? caller = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(cubes);
        return await EncodeAsync(vault, cubes, caller ?? Caller.Owner, null, cancellationToken).ConfigureAwait(false);
    }

    internal async Task<MemCube> EncodeAsync(MemoryVault vault, IReadOnlyList<CubeId> cubes, Caller caller, string? reason, CancellationToken cancellationToken)
    {
        Watch(vault);
        IReadOnlyList<MemCube> sources = vault.States.Sources(cubes, caller);
        NotedPrompt prompt = await LayOutAsync([new ContextPart(sources, null)], [], cancellationToken).ConfigureAwait(false);
        ModelDescription model = await _model.DescribeAsync(cancellationToken).ConfigureAwait(false);
        StateBinding binding = Binding(model, prompt.Head);
        await _encoding.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (vault.States.Covering(cubes, binding, caller).FirstOrDefault(known => known.Format?.StandsFor is null && known.Sources.Select(source => source.Id).SequenceEqual(cubes)) is { State: { } state })
            {
                return state;
            }

            int[] tokens = [.. prompt.Head, .. prompt.Notes[0]];
            long mostBytes = DiskBytes(vault);
            vault.States.RequireRoom(ActivationScheduler.StateBytesAtMost(model, tokens.Length), mostBytes);
            KVStateFormat format = new(binding, prompt.Head.Length, tokens.Length);
            return await vault.States.AddAsync(sources, format, (path, cancel) => ComputeAsync(tokens, path, cancel), caller, reason, mostBytes: mostBytes, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _encoding.Release();
        }
    }

    /// <summary>What the states of a vault may take on disk.</summary>
    internal long DiskBytes(MemoryVault vault) => _policies.InForce(vault).DiskBytes;

    /// <summary>Opens a context with recalled memories, in the forms that the policy of their vault says. Dispose it.</summary>
    /// <param name="recalled">The memories.</param>
    /// <param name="turns">The conversation, at least one message.</param>
    /// <param name="answerTokens">Tokens that the answer may have, for which there is to be room too.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<OpenContext> OpenAsync(RecalledMemories recalled, IReadOnlyList<ChatTurn> turns, int answerTokens = 0, CancellationToken cancellationToken = default)
    {
        StateBinding binding = await BindingAsync(cancellationToken).ConfigureAwait(false);
        Watch(recalled.Vault);
        MemCube[] cubes = [.. recalled.Cubes.Where(cube => cube.Text is not null && recalled.Vault.States.Stands(cube, recalled.Caller))];
        if (recalled.Mounted is { } mounted)
        {
            return await OpenAsync(recalled, mounted, cubes, binding, turns, answerTokens, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<MountCheck> states = recalled.Vault.States.Covering([.. cubes.Select(cube => cube.Id)], binding, recalled.Caller);
        InjectionPlan plan = InjectionPlanner.Plan(_policies.InForce(recalled.Vault), cubes, await TokensAsync(cubes, cancellationToken).ConfigureAwait(false), states);
        List<ContextPart> parts = [.. plan.Parts.Where(part => part.State is not null).GroupBy(part => part.State).Select(mounted => new ContextPart([.. mounted.Select(part => part.Cube)], mounted.Key))];
        MemCube[] texts = [.. plan.Parts.Where(part => part.IsText).Select(part => part.Cube)];
        return await OpenAsync(recalled.Vault, texts.Length == 0 ? parts : [.. parts, new ContextPart(texts, null)], turns, recalled.Caller, answerTokens, cancellationToken).ConfigureAwait(false);
    }

    private static string Why(MountObstacle obstacle) => obstacle switch
    {
        MountObstacle.NoState => "the cube is no state",
        MountObstacle.SourceChanged => "a text of it was changed or forgotten since",
        MountObstacle.Retired => "it, or a text of it, is archived or its time is over",
        MountObstacle.PartlyHidden => "a text of it is shown to you in parts only",
        _ => "it was made with another model, library, kind of state (--compact-states) or form of notes (--frame, --bare-notes)",
    };

    // What somebody asked to be mounted stands first; what was recalled is read behind it, unless it is in there already and holds no figures.
    private async Task<OpenContext> OpenAsync(RecalledMemories recalled, CubeId mounted, MemCube[] cubes, StateBinding binding, IReadOnlyList<ChatTurn> turns, int answerTokens, CancellationToken cancellationToken)
    {
        MountCheck front = recalled.Vault.States.Check(mounted, binding, recalled.Caller);
        TransitionPolicy policy = _policies.InForce(recalled.Vault);
        if (!front.IsMountable)
        {
            throw front.Obstacle is MountObstacle.NotFound ? new MemOSException(ErrorCodes.CubeNotFound, $"There is no state {mounted} in this vault.")
                : new MemOSException(ErrorCodes.InvalidInput, $"State {mounted} cannot be mounted: {Why(front.Obstacle)}. Make it anew, or leave it out.");
        }

        int left = policy.ContextTokens - (front.Format.Tokens - front.Format.HeadTokens);
        if (left < 0)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"State {mounted} takes more tokens than the {policy.ContextTokens} that the vault's policy gives memories in one context.");
        }

        MemCube[] beside = [.. cubes.Where(cube => InjectionPlanner.HasFigures(cube) || !front.Sources.Any(source => source.Id == cube.Id))];
        InjectionPlan plan = InjectionPlanner.Plan(policy with { ContextTokens = left }, beside, await TokensAsync(beside, cancellationToken).ConfigureAwait(false), []);
        MemCube[] texts = [.. plan.Parts.Select(part => part.Cube)];
        ContextPart[] parts = [new ContextPart(front.Sources, mounted), .. texts.Length == 0 ? (ContextPart[])[] : [new ContextPart(texts, null)]];
        return await OpenAsync(recalled.Vault, parts, turns, recalled.Caller, answerTokens, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a context with memories in front of a conversation. Dispose it.</summary>
    /// <param name="vault">Where the memories are.</param>
    /// <param name="parts">
    /// The memories, in order. Where a state cannot be mounted any more its text is computed instead, and where that is no longer the caller's to read as it
    /// stands, the part is left out; so is every text that was changed, hidden or erased since it was recalled.
    /// </param>
    /// <param name="turns">The conversation, at least one message.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="answerTokens">Tokens that the answer may have, for which there is to be room too.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<OpenContext> OpenAsync(MemoryVault vault, IReadOnlyList<ContextPart> parts, IReadOnlyList<ChatTurn> turns, Caller caller, int answerTokens = 0, CancellationToken cancellationToken = default)
    {
        NotedPrompt prompt = await LayOutAsync(parts, turns, cancellationToken).ConfigureAwait(false);
        StateBinding binding = Binding(await _model.DescribeAsync(cancellationToken).ConfigureAwait(false), prompt.Head);
        while (true)
        {
            List<ContextPart> screened = Screened(vault, parts, binding, caller);
            prompt = screened.Select(part => part.Cubes).SequenceEqual(parts.Select(part => part.Cubes)) ? prompt : await LayOutAsync(screened, turns, cancellationToken).ConfigureAwait(false); // a part without its state has the same text
            parts = screened;
            OpenContext? opened = await TryOpenAsync(vault, parts, turns, prompt, answerTokens, cancellationToken).ConfigureAwait(false);
            if (opened is null)
            {
                parts = [.. parts.Select(part => part with { State = null })]; // some bytes do not fit or are gone: the text does it
                continue;
            }

            // What was changed, hidden or erased while its bytes were read is not used.
            if (Screened(vault, parts, binding, caller).SequenceEqual(parts))
            {
                foreach (CubeId state in parts.Select(part => part.State).OfType<CubeId>())
                {
                    vault.States.CountUse(state, caller);
                }

                if (parts is [{ State: not null }, ..])
                {
                    _loaded.CountMount(vault.Id, opened.IsLoaded);
                }

                return opened;
            }

            await opened.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>To be called before something of a vault is given to the model, so that it goes with the vault's changes.</summary>
    internal void Watch(MemoryVault vault) => _loaded.Watch(vault);

    /// <summary>The tokens of texts, each as it stands in a context.</summary>
    internal async Task<int[]> TokensAsync(IReadOnlyList<MemCube> cubes, CancellationToken cancellationToken) =>
        [.. (await LayOutAsync([.. cubes.Select(cube => new ContextPart([cube], null))], [], cancellationToken).ConfigureAwait(false)).Notes.Select(note => note.Length)];

    /// <summary>The tokens that stand in front of every state.</summary>
    internal async Task<int> HeadTokensAsync(CancellationToken cancellationToken) => (await LayOutAsync([], [], cancellationToken).ConfigureAwait(false)).Head.Length;

    /// <summary>Lets the states go that were loaded ahead. The model is not ended.</summary>
    public async ValueTask DisposeAsync()
    {
        _model.RoomWanted -= _loaded.MakeRoom;
        await _loaded.DisposeAsync().ConfigureAwait(false);
        _encoding.Dispose();
    }

    private static List<ContextPart> Screened(MemoryVault vault, IReadOnlyList<ContextPart> parts, StateBinding binding, Caller caller)
    {
        List<ContextPart> kept = new(parts.Count);
        foreach (ContextPart part in parts)
        {
            if (part.State is { } state)
            {
                if (vault.States.Check(state, binding, caller).IsMountable)
                {
                    kept.Add(part);
                }
                else if (vault.States.AreWhole(part.Cubes, caller))
                {
                    kept.Add(part with { State = null });
                }
            }
            else if (part.Cubes.All(cube => vault.States.Stands(cube, caller)))
            {
                kept.Add(part);
            }
            else if (part.Cubes.Where(cube => vault.States.Stands(cube, caller)).ToArray() is { Length: > 0 } standing)
            {
                kept.Add(part with { Cubes = standing });
            }
        }

        return kept;
    }

    // Null where a state cannot be read or restored, or not be set behind another.
    private async Task<OpenContext?> TryOpenAsync(MemoryVault vault, IReadOnlyList<ContextPart> parts, IReadOnlyList<ChatTurn> turns, NotedPrompt prompt, int answerTokens, CancellationToken cancellationToken)
    {
        if (parts.Count == 0)
        {
            int[] plain = await _layout.TokensAsync(turns, cancellationToken).ConfigureAwait(false);
            return new OpenContext(await _model.RentSequenceAsync(plain.Length + (long)answerTokens, cancellationToken).ConfigureAwait(false), 0, plain, []); // no frame about nothing
        }

        Watch(vault);
        double recompute = _policies.InForce(vault).Recompute;
        bool composes = parts.Skip(1).Any(part => part.State is not null);
        long tokens = (long)prompt.Head.Length + prompt.Notes.Sum(note => note.Length) + prompt.Rest.Length + answerTokens;

        // Beside what the context comes to hold, a state that follows is there once more while it is moved to its place.
        tokens += composes ? prompt.Head.Length + prompt.Notes.Max(note => note.Length) : 0;
        if (composes && (await _model.DescribeAsync(cancellationToken).ConfigureAwait(false)).Sequences < SequencesToCompose)
        {
            return null;
        }

        SequenceLease? scratch = null, sequence = null;
        List<StateBytes> files = [];
        LoadedState? loaded = null;
        OpenContext? opened = null;
        try
        {
            SequenceLease[] rented = await _model.RentSequencesAsync(composes ? SequencesToCompose : 1, tokens, cancellationToken).ConfigureAwait(false);
            (sequence, scratch) = (rented[0], rented.ElementAtOrDefault(1));
            List<ContextBlock> blocks = [];
            for (int i = 0; i < parts.Count; i++)
            {
                StateBytes? file = null;
                KVStateFormat? format = null;
                if (parts[i].State is { } state)
                {
                    StoredPayload? stored = vault.Find(state)?.Payload as StoredPayload;
                    format = KVStateFormat.TryParse(stored?.Format);
                    loaded = i == 0 && stored is not null ? _loaded.Pin(stored.Hash, sequence) : loaded;
                    file = i == 0 && loaded is not null ? null : await StateBytes.OpenAsync(vault, state, cancellationToken).ConfigureAwait(false);
                    files.AddRange(file is null ? [] : [file]);
                }

                // A trained prefix has positions of its own, which no text can be computed for.
                blocks.Add(format is { StandsFor: not null }
                    ? new ContextBlock(new int[format.Tokens - format.HeadTokens], file?.Path, i == 0 ? loaded?.Sequence.Sequence : null)
                    : new ContextBlock(prompt.Notes[i], file?.Path, i == 0 ? loaded?.Sequence.Sequence : null).Recomputing(recompute));
            }

            int position = await ContextBuilder.BuildAsync(sequence, scratch, prompt.Head, blocks, cancellationToken).ConfigureAwait(false);
            return opened = new OpenContext(sequence, position, prompt.Rest, parts) { IsLoaded = loaded is not null };
        }
        catch (Exception exception) when (parts.Any(part => part.State is not null) && exception is ModelException { Code: ModelErrorCodes.StateUnusable } or MemOSException { Code: ErrorCodes.Corrupted or ErrorCodes.CubeNotFound })
        {
            return null;
        }
        finally
        {
            files.ForEach(file => file.Dispose());
            if (loaded is not null)
            {
                await _loaded.UnpinAsync(loaded).ConfigureAwait(false);
            }

            if (scratch is not null)
            {
                await scratch.DisposeAsync().ConfigureAwait(false);
            }

            if (opened is null && sequence is not null)
            {
                await sequence.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task ComputeAsync(int[] tokens, string path, CancellationToken cancellationToken)
    {
        SequenceLease sequence = await _model.RentSequenceAsync(tokens.Length, cancellationToken).ConfigureAwait(false);
        await using (sequence.ConfigureAwait(false))
        {
            SequenceStep[] steps = [new DecodeStep(sequence.Sequence, 0, tokens.Length, Outputs.None), new SaveStep(sequence.Sequence, path)];
            await sequence.RunAsync(steps, LocalModel.ToBytes<int>(tokens), cancellationToken).ConfigureAwait(false);
        }
    }

    internal Task<NotedPrompt> LayOutAsync(IReadOnlyList<ContextPart> parts, IReadOnlyList<ChatTurn> turns, CancellationToken cancellationToken) =>
        _layout.TokensAsync(_options.Frame, [.. parts.Select(part => part.Text(_options.Notes))], turns is [] ? [new ChatTurn("user", "")] : turns, cancellationToken);

    internal StateBinding Binding(ModelDescription model, int[] head) =>
        new(model.Fingerprint, model.Library, model.Cache, ModelFingerprint.Of(MemoryMarshal.AsBytes<int>(_options.Notes is NoteForm.TimeAndSpeaker ? head : [.. head, -(int)_options.Notes])));
}
