using MemOS.Models.Llama.Hosting;

namespace MemOS.Models.Tests.Llama;

/// <summary>The tokens and sequences of a context are lent first come, first served, and never more than there are.</summary>
public sealed class ContextRoomTests
{
    [Fact]
    public async Task Who_comes_first_is_served_first_even_where_who_comes_later_would_fit()
    {
        ContextRoom room = new(10, 8, 8);
        int[] all = await room.EnterAsync(8, 1, default) ?? [];
        Task large = room.EnterAsync(5, 1, default), small = room.EnterAsync(2, 1, default);
        Assert.False(large.IsCompleted || small.IsCompleted);
        Assert.Null(room.TryEnter(1, 1));
        room.Leave(8, all.Single());
        await Task.WhenAll(large, small);
        Assert.NotNull(room.TryEnter(3, 1));
        Assert.Null(room.TryEnter(1, 1));
    }

    [Fact]
    public async Task Who_needs_two_sequences_holds_none_while_it_waits()
    {
        ContextRoom room = new(10, 2, 8);
        int[] one = room.TryEnter(1, 1) ?? [];
        Task<int[]?> two = room.EnterAsync(1, 2, default), behind = room.EnterAsync(1, 1, default);
        Assert.False(two.IsCompleted || behind.IsCompleted);
        room.Leave(1, one.Single());
        int[] both = await two ?? [];
        Assert.Equal([0, 1], both.Order());
        room.Leave(1, both[0]);
        Assert.Equal([both[0]], await behind ?? []);
    }

    [Fact]
    public async Task Who_gives_up_lets_those_behind_in()
    {
        ContextRoom room = new(10, 8, 8);
        int[] first = await room.EnterAsync(8, 1, default) ?? [];
        using CancellationTokenSource cancel = new();
        Task<int[]?> large = room.EnterAsync(5, 1, cancel.Token), small = room.EnterAsync(2, 1, default);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        int[] second = await small ?? [];
        room.Leave(8, first.Single());
        room.Leave(2, second.Single());
        Assert.NotNull(room.TryEnter(10, 8));
    }

    [Fact]
    public async Task More_than_may_wait_are_refused_and_may_come_again()
    {
        ContextRoom room = new(10, 8, 1);
        int[] all = await room.EnterAsync(10, 1, default) ?? [];
        Task waits = room.EnterAsync(1, 1, default);
        ModelException refused = await Assert.ThrowsAsync<ModelException>(() => room.EnterAsync(1, 1, default));
        Assert.Equal((ModelErrorCodes.Busy, true), (refused.Code, refused.IsTransient));
        room.Leave(10, all.Single());
        await waits;
        Assert.NotNull(await room.EnterAsync(9, 1, default));
    }

    [Fact]
    public async Task Who_waits_when_the_room_closes_is_told_and_so_is_who_comes_later()
    {
        ContextRoom room = new(10, 8, 8);
        room.TryEnter(10, 1);
        Task<int[]?> waits = room.EnterAsync(1, 1, default);
        room.Close();
        Assert.Null(await waits);
        Assert.Null(await room.EnterAsync(0, 1, default));
    }

    [Fact]
    public async Task Whatever_comes_and_goes_at_once_everything_is_free_in_the_end()
    {
        const int Tokens = 20, Sequences = 4;
        ContextRoom room = new(Tokens, Sequences, 1000);
        int held = 0;
        int[] holders = new int[Sequences];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            Random random = new(worker);
            for (int turn = 0; turn < 300; turn++)
            {
                int wanted = random.Next(1, Tokens + 1);
                using CancellationTokenSource cancel = new();
                Task<int[]?> entering = room.EnterAsync(wanted, random.Next(1, 3), cancel.Token);
                if (random.Next(3) == 0)
                {
                    await cancel.CancelAsync();
                }

                int[] sequences;
                try
                {
                    sequences = await entering ?? [];
                }
                catch (OperationCanceledException)
                {
                    continue;
                }

                Assert.InRange(Interlocked.Add(ref held, wanted), wanted, Tokens);
                Assert.All(sequences, sequence => Assert.Equal(1, Interlocked.Increment(ref holders[sequence])));
                await Task.Yield();
                Assert.All(sequences, sequence => Interlocked.Decrement(ref holders[sequence]));
                Interlocked.Add(ref held, -wanted);
                for (int place = 0; place < sequences.Length; place++)
                {
                    room.Leave(place == 0 ? wanted : 0, sequences[place]);
                }
            }
        })));
        Assert.Equal([0, 1, 2, 3], (room.TryEnter(Tokens, Sequences) ?? []).Order());
    }
}
