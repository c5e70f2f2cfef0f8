using MemOS.Evaluation.Datasets;
using MemOS.Vaults;

namespace MemOS.Evaluation.Reports;

/// <summary>Counts and times what is stored in a run.</summary>
internal sealed class IngestMeter(TimeProvider clock)
{
    private TimeSpan _ingest;
    private TimeSpan _settle;

    public int Conversations { get; private set; }

    public long Sessions { get; private set; }

    public long Messages { get; private set; }

    public long Bytes { get; private set; }

    public long Cubes { get; private set; }

    public double MessagesPerSecond => _ingest > TimeSpan.Zero ? Messages / _ingest.TotalSeconds : 0;

    public double SettleSeconds => _settle.TotalSeconds;

    public async Task TimeIngestAsync(int messages, Func<Task> store)
    {
        long start = clock.GetTimestamp();
        await store().ConfigureAwait(false);
        _ingest += clock.GetElapsedTime(start);
        Messages += messages;
    }

    public async Task TimeSettleAsync(Func<Task> settle)
    {
        long start = clock.GetTimestamp();
        await settle().ConfigureAwait(false);
        _settle += clock.GetElapsedTime(start);
    }

    public void Add(LabelledConversation conversation, VaultStatistics statistics)
    {
        Conversations++;
        Sessions += conversation.Messages.Select(message => message.Conversation).Distinct().Count();
        Bytes += statistics.Bytes;
        Cubes += statistics.Cubes;
    }
}
