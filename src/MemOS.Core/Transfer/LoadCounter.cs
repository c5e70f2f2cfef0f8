using System.Collections.Immutable;
using MemOS.Reader;
using MemOS.Transfer.Importers;
using MemOS.Vaults;

namespace MemOS.Transfer;

/// <summary>Writes the messages of one file in batches and counts what became of them.</summary>
internal sealed class LoadCounter(MemoryVault vault, string path, ImportOptions options, IProgress<ImportProgress>? progress)
{
    private readonly List<Message> _waiting = new(options.BatchSize);
    private readonly List<ImportItem> _memories = [];
    private int _cubes;
    private int _messages;
    private int _stored;
    private int _empty;
    private int _badLines;

    /// <summary>Passes a bad line on and counts it; null when bad lines are errors.</summary>
    public Action<ImportProblem>? BadLine => options.BadLine is not { } report ? null : problem =>
    {
        _badLines++;
        report(problem);
    };

    public async ValueTask AddAsync(ImportItem item, Stream file, CancellationToken cancellationToken)
    {
        if (item.Message is { } message)
        {
            await AddAsync(message, file, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _memories.Add(item);
            if (_memories.Count == options.BatchSize)
            {
                await FlushAsync(file, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask AddAsync(Message message, Stream file, CancellationToken cancellationToken)
    {
        if (message.Text.AsSpan().Trim().IsEmpty && message.Attachments.IsEmpty && message.ToolCalls.IsEmpty)
        {
            _empty++;
            return;
        }

        _waiting.Add(options.Tags.IsEmpty ? message : message with { Tags = [.. message.Tags.Union(options.Tags)] });
        if (_waiting.Count == options.BatchSize)
        {
            await FlushAsync(file, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task FlushAsync(Stream file, CancellationToken cancellationToken)
    {
        if (_waiting.Count > 0)
        {
            Message[] batch = [.. _waiting];
            await StoreAsync(() => vault.AddAsync(batch, cancellationToken: cancellationToken)).ConfigureAwait(false);
            _waiting.Clear();
        }

        if (_memories.Count > 0)
        {
            _cubes += await vault.TakeInAsync([.. _memories], cancellationToken).ConfigureAwait(false);
            _memories.Clear();
        }

        progress?.Report(new ImportProgress(file.Position, file.Length, _messages));
    }

    public Task AddAsync(DocumentInput document, CancellationToken cancellationToken) =>
        StoreAsync(() => vault.AddDocumentAsync(document, cancellationToken: cancellationToken));

    public ImportSummary Summary(ImportFormat format) => new(format, _messages + _empty, _stored, _messages - _stored, _empty, _badLines, _cubes);

    private async Task StoreAsync(Func<Task<ImmutableArray<AddedMessage>>> store)
    {
        try
        {
            ImmutableArray<AddedMessage> added = await store().ConfigureAwait(false);
            _messages += added.Length;
            _stored += added.Count(message => !message.WasKnown);
        }
        catch (MemOSException exception) when (exception.Code is ErrorCodes.InvalidInput or ErrorCodes.MessageIdConflict)
        {
            throw new MemOSException(exception.Code, $"{path}, in the batch after message {_messages + _empty}: {exception.Message}", exception);
        }
    }
}
