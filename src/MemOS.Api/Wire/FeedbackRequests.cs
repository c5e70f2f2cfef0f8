using MemOS.Cubes;
using MemOS.Operator.Corrections;

namespace MemOS.Api.Wire;

/// <summary>Reads feedback in plain words and writes what it did.</summary>
internal static class FeedbackRequests
{
    public static FeedbackInput ToInput(this SpokenFeedbackRequest request, DateTimeOffset now) => new()
    {
        Text = request.Text,
        Conversation = request.Conversation,
        Speaker = request.Speaker,
        Time = RequestValues.Time(request.Time, now, "time"),
        About = [.. (request.About ?? []).Select(id => new CubeId(id))],
        Erase = request.Erase ?? false,
    };

    public static SpokenFeedbackResponse ToRecord(this FeedbackResult result) => new()
    {
        Status = WireName<FeedbackStatus>.Of(result.Status),
        MessageId = result.MessageId,
        Added = [.. result.Added.Select(CubeRecords.ToRecord)],
        Changed = [.. result.Changed.Select(pair => new ChangedCubeRecord { Before = pair.Before.ToRecord(), After = pair.After.ToRecord() })],
        Erased = result.Erased,
        Candidates = [.. result.Candidates.Select(CubeRecords.ToRecord)],
    };
}
