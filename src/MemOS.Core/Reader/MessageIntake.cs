using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall;
using MemOS.Scheduler;
using MemOS.Vaults;

namespace MemOS.Reader;

/// <summary>Plans the storing of messages: raw input first, then its turn-level cubes, exact repeats merged, further reading left to a job.</summary>
internal static class MessageIntake
{
    // A text repeated more often than this is small talk; merging it for ever would copy an ever longer list of sources.
    private const int MostSources = 64;

    // A job is one plan in the writer, so it must stay short.
    private const int MostInOneJob = 256;

    /// <summary>Validates, reads and stores messages.</summary>
    /// <param name="writer">Writes.</param>
    /// <param name="clock">Where time comes from.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="caller">Who adds.</param>
    /// <param name="also">What is to be written with them, or nothing; may run more than once.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    public static async Task<ImmutableArray<AddedMessage>> AddAsync(
        VaultWriter writer, TimeProvider clock, IReadOnlyList<Message> messages, Caller caller, Action<WritePlan, ImmutableArray<AddedMessage>>? also, CancellationToken cancellationToken)
    {
        if (messages.Count is 0 or > MessageRules.MaximumMessages)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"Give 1 to {MessageRules.MaximumMessages} messages in one call, not {messages.Count}.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        Message[] identified = new Message[messages.Count];
        MemCube?[] episodes = new MemCube?[messages.Count];
        bool[] tells = new bool[messages.Count];
        long[] hashes = new long[messages.Count];
        CubeId[] ids = new CubeId[messages.Count];
        for (int i = 0; i < identified.Length; i++)
        {
            Message message = messages[i] ?? throw new MemOSException(ErrorCodes.InvalidInput, $"messages[{i}] is null.");
            MessageRules.Require(message, i);
            identified[i] = message.Id.Length > 0 ? message : message with { Id = CubeId.New(clock).ToString() };
            ids[i] = CubeId.New(clock); // in the order of the messages, so that cube ids sort like them
        }

        AnalyzedTexts texts = writer.NewTexts();
        IndexDocument?[] documents = new IndexDocument?[messages.Count];
        DocumentAnalyzer.ForEach(identified.Length, i =>
        {
            episodes[i] = EpisodeReader.Read(identified[i], ids[i], now, EpisodeReader.Origin(identified[i].Role));
            hashes[i] = episodes[i] is { Text: { } text } ? TextIdentity.Hash(identified[i].Speaker, text) : 0;
            tells[i] = Extraction.HasStatements(identified[i]);
            documents[i] = episodes[i] is { } episode ? texts.TryAnalyze(episode) : null;
        });
        await texts.ExpectAsync(episodes, documents, cancellationToken).ConfigureAwait(false);

        (ImmutableArray<AddedMessage> added, VaultChange change) = await writer.WriteAsync(
            caller,
            texts,
            (plan, change) =>
            {
                ImmutableArray<AddedMessage> planned = Plan(plan, identified, episodes, hashes, tells);
                also?.Invoke(plan, planned);
                return (planned, change);
            },
            cancellationToken).ConfigureAwait(false);
        Dictionary<CubeId, MemCube> committed = new(change.Cubes.Count);
        foreach (CubeWrite write in change.Cubes)
        {
            committed[write.Cube.Id] = write.Cube;
        }

        AddedMessage[] result = new AddedMessage[added.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = added[i] with { Cubes = Committed(added[i].Cubes, committed) };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(result);
    }

    /// <summary>Plans one call. Messages that are stored already are reported, not stored again.</summary>
    /// <param name="plan">The write.</param>
    /// <param name="messages">The messages, with ids.</param>
    /// <param name="episodes">The cube of each message, or null where it has none.</param>
    /// <param name="hashes">The hash of each cube's text.</param>
    /// <param name="tells">Which messages hold statements, and so are left to a job.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.MessageIdConflict"/> when an id comes back with another text.</exception>
    private static ImmutableArray<AddedMessage> Plan(WritePlan plan, Message[] messages, MemCube?[] episodes, long[] hashes, bool[] tells)
    {
        ImmutableArray<AddedMessage>.Builder added = ImmutableArray.CreateBuilder<AddedMessage>(messages.Length);
        Dictionary<(string, string?), Message> inThisCall = [];
        PendingEpisodes pending = new(plan);
        List<long> telling = [];
        long first = plan.Reader.LastMessageNumber + 1;
        long next = first;
        for (int i = 0; i < messages.Length; i++)
        {
            Message message = messages[i];
            if (Known(plan, inThisCall, message) is { } known)
            {
                added.Add(new AddedMessage(known.Id, known.Conversation, known.Number, true, pending.Of(known)));
                continue;
            }

            message = message with { Number = next++ };
            plan.Change.Messages.Add(message);
            inThisCall.Add((message.Id, message.Conversation), message);
            if (tells[i])
            {
                telling.Add(message.Number);
            }

            ImmutableArray<MemCube> cubes = episodes[i] is { } episode
                ? [pending.Add(episode with { Sources = Numbered(episode.Sources, message.Number) }, hashes[i], MostSources)]
                : [];
            added.Add(new AddedMessage(message.Id, message.Conversation, message.Number, false, cubes));
        }

        if (next > first)
        {
            pending.Write();
            plan.Audit(AuditOperations.Add, detail: string.Create(CultureInfo.InvariantCulture, $"messages {first}-{next - 1}"));
            foreach (long[] few in telling.Chunk(MostInOneJob))
            {
                plan.Enqueue(JobKinds.Extract, MessageNumbers.Format(few));
            }
        }

        return added.MoveToImmutable();
    }

    private static ImmutableArray<MemCube> Committed(ImmutableArray<MemCube> planned, Dictionary<CubeId, MemCube> committed)
    {
        MemCube[] cubes = new MemCube[planned.Length];
        for (int i = 0; i < cubes.Length; i++)
        {
            cubes[i] = committed.GetValueOrDefault(planned[i].Id, planned[i]);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(cubes);
    }

    private static ImmutableArray<MessageSource> Numbered(ImmutableArray<MessageSource> sources, long number)
    {
        MessageSource[] numbered = new MessageSource[sources.Length];
        for (int i = 0; i < numbered.Length; i++)
        {
            numbered[i] = sources[i] with { Number = number };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(numbered);
    }

    private static Message? Known(WritePlan plan, Dictionary<(string, string?), Message> inThisCall, Message message)
    {
        Message? known = inThisCall.GetValueOrDefault((message.Id, message.Conversation)) ?? plan.Reader.FindMessage(message.Id, message.Conversation);
        if (known is not null && (known.Text != message.Text || known.Role != message.Role))
        {
            throw new MemOSException(
                ErrorCodes.MessageIdConflict,
                $"Message id '{message.Id}' was used before in this conversation for another text. Give the new message an id of its own, or leave the id out.");
        }

        return known;
    }
}
