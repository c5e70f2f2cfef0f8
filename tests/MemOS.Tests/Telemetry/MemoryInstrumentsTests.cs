using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using MemOS.Api;
using MemOS.Telemetry;
using MemOS.Vaults;

namespace MemOS.Tests.Telemetry;

public sealed class MemoryInstrumentsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _vault = $"vault-{Guid.CreateVersion7():N}";
    private readonly ConcurrentQueue<Activity> _activities = [];
    private readonly ActivityListener _listener;

    public MemoryInstrumentsTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MemoryInstruments.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if ((string?)activity.GetTagItem("gen_ai.memory.store.id") == _vault)
                {
                    _activities.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_search_and_change_is_an_activity_under_its_opentelemetry_name_without_content()
    {
        await using VaultHost host = VaultHost.OpenFolder(_folder.Path);
        await (await host.CreateAsync(new VaultId(_vault))).DisposeAsync();
        IMemoryClient memory = host.CreateClient(_vault);
        Guid cube = (await memory.AddAsync("The code is heliotrope.")).Messages[0].Cubes[0].Id;
        await memory.RecallAsync("What is the code?");
        await memory.UpdateAsync(cube, "The code is mauve.");
        await memory.ForgetAsync(cube);
        await Assert.ThrowsAsync<MemOSException>(() => memory.ForgetAsync(new ForgetRequest()));
        await host.DeleteAsync(new VaultId(_vault));

        Assert.Equal(
            ["create_memory_store", "create_memory", "search_memory", "update_memory", "delete_memory", "delete_memory", "delete_memory_store"],
            _activities.Select(activity => activity.GetTagItem("gen_ai.operation.name")));
        Assert.Equal(1, _activities.ElementAt(2).GetTagItem("gen_ai.memory.record.count"));
        Assert.Equal(cube.ToString(), _activities.ElementAt(3).GetTagItem("gen_ai.memory.record.id"));
        Assert.Equal((ActivityStatusCode.Error, ErrorCodes.UnscopedDelete), (_activities.ElementAt(5).Status, (string?)_activities.ElementAt(5).GetTagItem("error.type")));
        Assert.DoesNotContain(_activities.SelectMany(activity => activity.TagObjects), tag => tag.Key is "gen_ai.memory.query.text" or "gen_ai.memory.records");
    }

    [Fact]
    public async Task Durations_are_measured_in_seconds()
    {
        ConcurrentQueue<string?> measured = [];
        using MeterListener listener = new();
        await using VaultHost host = VaultHost.OpenFolder(_folder.Path);
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == MemoryInstruments.Name)
            {
                Assert.Equal(("gen_ai.client.operation.duration", "s"), (instrument.Name, instrument.Unit));
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            Assert.InRange(seconds, 0, 600);
            measured.Enqueue((string?)tags.ToArray().Single(tag => tag.Key == "gen_ai.operation.name").Value);
        });
        listener.Start();
        await host.CreateClient(_vault).RecallAsync("Anything?");
        Assert.Contains("search_memory", measured);
    }
}
