using MemOS.Models.Llama.Hosting;

namespace MemOS.Models.Tests.Llama;

/// <summary>The tokens of a context are lent first come, first served, and never more than there are.</summary>
public sealed class ContextRoomTests
{
    [Fact]
    public async Task Who_comes_first_is_served_first_even_where_who_comes_later_would_fit()
    {
        ContextRoom room = new(10, 8);
        await room.EnterAsync(8, default);
        Task large = room.EnterAsync(5, default), small = room.EnterAsync(2, default);
        Assert.False(large.IsCompleted || small.IsCompleted);
        Assert.False(room.TryEnter(1));
        room.Leave(8);
        await Task.WhenAll(large, small);
        Assert.True(room.TryEnter(3));
        Assert.False(room.TryEnter(1));
    }

    [Fact]
    public async Task Who_gives_up_lets_those_behind_in()
    {
        ContextRoom room = new(10, 8);
        await room.EnterAsync(8, default);
        using CancellationTokenSource cancel = new();
        Task large = room.EnterAsync(5, cancel.Token), small = room.EnterAsync(2, default);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        await small;
        room.Leave(8);
        room.Leave(2);
        Assert.True(room.TryEnter(10));
    }

    [Fact]
    public async Task More_than_may_wait_are_refused_and_may_come_again()
    {
        ContextRoom room = new(10, 1);
        await room.EnterAsync(10, default);
        Task waits = room.EnterAsync(1, default);
        ModelException refused = await Assert.ThrowsAsync<ModelException>(() => room.EnterAsync(1, default));
        Assert.Equal((ModelErrorCodes.Busy, true), (refused.Code, refused.IsTransient));
        room.Leave(10);
        await waits;
        await room.EnterAsync(9, default);
    }

    [Fact]
    public async Task Whatever_comes_and_goes_at_once_all_tokens_are_free_in_the_end()
    {
        const int Tokens = 20;
        ContextRoom room = new(Tokens, 1000);
        int held = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            Random random = new(worker);
            for (int turn = 0; turn < 300; turn++)
            {
                int wanted = random.Next(1, Tokens + 1);
                using CancellationTokenSource cancel = new();
                Task entering = room.EnterAsync(wanted, cancel.Token);
                if (random.Next(3) == 0)
                {
                    await cancel.CancelAsync();
                }

                try
                {
                    await entering;
                }
                catch (OperationCanceledException)
                {
                    continue;
                }

                Assert.InRange(Interlocked.Add(ref held, wanted), wanted, Tokens);
                await Task.Yield();
                Interlocked.Add(ref held, -wanted);
                room.Leave(wanted);
            }
        })));
        Assert.True(room.TryEnter(Tokens));
    }
}
