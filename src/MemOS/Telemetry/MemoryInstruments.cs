using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MemOS.Telemetry;

/// <summary>What MemOS tells of itself: activities of the source <c>MemOS</c>, and a histogram of the meter <c>MemOS</c>, in the names of OpenTelemetry for generative AI.</summary>
/// <remarks>Nothing leaves the process unless the program listens. Content goes into activities only when the standard switch is set.</remarks>
internal sealed class MemoryInstruments : IDisposable
{
    public const string Name = "MemOS";

    /// <summary>The variable by which OpenTelemetry lets content into telemetry.</summary>
    public const string ContentSwitch = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    private readonly ActivitySource _source = new(Name);
    private readonly Meter? _owned;
    private readonly Histogram<double> _duration;
    private readonly TimeProvider _clock;

    public MemoryInstruments(TimeProvider clock, IMeterFactory? meters)
    {
        _clock = clock;
        Meter meter = meters?.Create(Name) ?? (_owned = new Meter(Name));
        _duration = meter.CreateHistogram(
            "gen_ai.client.operation.duration", "s", "How long memory operations take.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
        CapturesContent = bool.TryParse(Environment.GetEnvironmentVariable(ContentSwitch), out bool on) && on;
    }

    /// <summary>Whether questions and memories may go into activities.</summary>
    public bool CapturesContent { get; }

    /// <summary>Runs an operation under an activity, and measures it.</summary>
    /// <param name="operation">Its name, as OpenTelemetry has it.</param>
    /// <param name="store">The vault.</param>
    /// <param name="run">The operation.</param>
    /// <param name="describe">Adds to the activity what is known at the end; called only when somebody listens.</param>
    public async Task<T> ObserveAsync<T>(string operation, string store, Func<Task<T>> run, Action<Activity, T>? describe = null)
    {
        using Activity? activity = _source.StartActivity($"{operation} {store}", ActivityKind.Internal);
        activity?.SetTag("gen_ai.operation.name", operation).SetTag("gen_ai.provider.name", "memos").SetTag("gen_ai.memory.store.id", store);
        long started = _clock.GetTimestamp();
        string? failure = null;
        try
        {
            T result = await run().ConfigureAwait(false);
            if (activity is { IsAllDataRequested: true })
            {
                describe?.Invoke(activity, result);
            }

            return result;
        }
        catch (Exception e)
        {
            failure = e is MemOSException known ? known.Code : e.GetType().FullName;
            activity?.SetTag("error.type", failure).SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            if (_duration.Enabled)
            {
                TagList tags = new() { { "gen_ai.operation.name", operation }, { "gen_ai.provider.name", "memos" } };
                if (failure is not null)
                {
                    tags.Add("error.type", failure);
                }

                _duration.Record(_clock.GetElapsedTime(started).TotalSeconds, tags);
            }
        }
    }

    public void Dispose()
    {
        _source.Dispose();
        _owned?.Dispose();
    }
}
