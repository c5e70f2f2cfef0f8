using System.Diagnostics;

namespace MemOS.Load;

/// <summary>Sends requests at a steady rate: one add, one search, over all vaults in turn.</summary>
internal sealed class Load(Talk[] talks)
{
    // More requests than this at once mean that the server has fallen behind for good.
    private const int MostInFlight = 2000;

    public async Task<Figures> RunAsync(int rate, TimeSpan duration)
    {
        int count = (int)(rate * duration.TotalSeconds);
        double[] latencies = new double[count];
        int failed = 0;
        int inFlight = 0;
        Task[] requests = new Task[count];
        long start = Stopwatch.GetTimestamp();
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(1));
        int next = 0;
        while (next < count)
        {
            for (; next < count && next <= Stopwatch.GetElapsedTime(start).TotalSeconds * rate; next++)
            {
                int number = next;
                requests[number] = Volatile.Read(ref inFlight) < MostInFlight ? Task.Run(() => SendAsync(number)) : Refuse();
            }

            await timer.WaitForNextTickAsync();
        }

        await Task.WhenAll(requests);
        return new Figures(rate, duration, latencies, failed);

        async Task SendAsync(int number)
        {
            Interlocked.Increment(ref inFlight);
            try
            {
                Talk talk = talks[number / 2 % talks.Length];
                await (number % 2 == 0 ? talk.AddAsync() : talk.SearchAsync());
            }
            catch (Exception e) when (e is MemOSException or HttpRequestException)
            {
                Interlocked.Increment(ref failed);
            }
            finally
            {
                Interlocked.Decrement(ref inFlight);
                latencies[number] = (Stopwatch.GetElapsedTime(start).TotalSeconds - (number / (double)rate)) * 1000;
            }
        }

        Task Refuse()
        {
            Interlocked.Increment(ref failed);
            return Task.CompletedTask;
        }
    }
}
