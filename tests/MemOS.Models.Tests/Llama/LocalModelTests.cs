using System.Diagnostics;
using System.Text;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Protocol;
using MemOS.Testing.Models;
using Microsoft.Extensions.Time.Testing;

namespace MemOS.Models.Tests.Llama;

/// <summary>Models in a process of their own: what happens to requests when it breaks.</summary>
public sealed class LocalModelTests(TestModels models) : IClassFixture<TestModels>
{
    private readonly FakeTimeProvider clock = new();

    [LlamaFact]
    public async Task A_native_assertion_fails_the_request_and_the_next_one_works()
    {
        await using LocalModel model = Breakable();
        int? first = await ProcessAsync(model);
        ModelException crash = await Assert.ThrowsAsync<ModelException>(() => model.BreakAsync(HostFault.NativeAssertion));
        Assert.Equal(ModelErrorCodes.HostCrashed, crash.Code);
        Assert.True(crash.IsTransient);
        Assert.NotEqual(first, await ProcessAsync(model));
    }

    [LlamaFact]
    public async Task A_native_assertion_among_many_requests_fails_the_one_and_those_that_waited_go_on_in_the_next_process()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama) with { Sequences = 2 }, clock, null, allowFaults: true);
        SequenceLease[] all = await model.RentSequencesAsync(2, long.MaxValue);
        Task<string>[] waiting = [.. Enumerable.Range(0, 6).Select(_ => AnswerAsync(model))];
        Task crash = model.BreakAsync(HostFault.NativeAssertion);
        Task[] beside = [crash, .. Enumerable.Range(0, 20).Select(number => model.TokenizeAsync($"text {number}", addSpecial: false, parseSpecial: false))];
        foreach (Task one in beside)
        {
            // Only the one that broke it fails; what waited behind it is done in the next process.
            Exception? failure = await Record.ExceptionAsync(() => one);
            Assert.True(one == crash ? failure is ModelException { Code: ModelErrorCodes.HostCrashed, IsTransient: true } : failure is null, failure?.ToString());
        }

        await all[0].DisposeAsync();
        await all[1].DisposeAsync();
        Assert.Single((await Task.WhenAll(waiting)).Distinct());
    }

    [LlamaFact]
    public async Task A_request_that_the_model_is_closed_upon_says_so_and_so_does_each_beside_it()
    {
        LocalModel model = Breakable();
        await model.DescribeAsync();
        Task[] asked = [model.BreakAsync(HostFault.Hang), .. Enumerable.Range(0, 10).Select(number => model.TokenizeAsync($"text {number}", addSpecial: false, parseSpecial: false))];
        await model.DisposeAsync();
        foreach (Task one in asked)
        {
            Exception? failure = await Record.ExceptionAsync(() => one);
            Assert.True(failure is null or ObjectDisposedException or ModelException { Code: ModelErrorCodes.HostUnavailable }, failure?.ToString());
        }
    }

    [LlamaFact]
    public async Task Answers_that_wait_are_counted_whatever_they_wait_for()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama) with { MostWaiting = 2 });
        using IDisposable first = model.WaitForAnswer(), second = model.WaitForAnswer();
        Assert.Equal(ModelErrorCodes.Busy, Assert.Throws<ModelException>(() => model.WaitForAnswer()).Code);
        first.Dispose();
        first.Dispose();
        using IDisposable third = model.WaitForAnswer();
        Assert.Equal(ModelErrorCodes.Busy, Assert.Throws<ModelException>(() => model.WaitForAnswer()).Code);
    }

    [LlamaFact]
    public async Task A_process_killed_from_outside_fails_the_answer_and_the_next_one_works()
    {
        await using LocalModel model = Breakable();
        bool killed = false;
        ModelException crash = await Assert.ThrowsAsync<ModelException>(async () =>
        {
            await using SequenceLease sequence = await model.RentSequenceAsync();
            await foreach (GeneratedPiece _ in sequence.GenerateAsync(new[] { 0, 20 }, 0, new GenerationRequest { MostTokens = 400, Sampling = new Sampling { Grammar = "root ::= [a-z]*" } }))
            {
                if (!killed) // pieces that were said before may still come
                {
                    using Process host = Process.GetProcessById(model.ProcessId ?? 0);
                    host.Kill();
                    killed = true;
                }
            }
        });
        Assert.Equal(ModelErrorCodes.HostCrashed, crash.Code);
        Assert.NotEmpty(await model.TokenizeAsync("hello", addSpecial: true, parseSpecial: false));
    }

    [LlamaFact]
    public async Task A_hang_fails_the_request_after_the_time_without_progress_and_the_next_one_works()
    {
        await using LocalModel model = Breakable();
        await model.DescribeAsync();
        Task hanging = model.BreakAsync(HostFault.Hang);
        while (!hanging.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Equal(ModelErrorCodes.HostStalled, (await Assert.ThrowsAsync<ModelException>(() => hanging)).Code);
        Assert.NotEmpty(await model.TokenizeAsync("hello", addSpecial: true, parseSpecial: false));
    }

    [LlamaFact]
    public async Task A_process_that_takes_too_much_memory_is_ended_and_the_next_request_works()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama) with { MemoryLimit = 700 << 20 }, null, null, allowFaults: true);
        ModelException large = await Assert.ThrowsAsync<ModelException>(() => model.BreakAsync(HostFault.Devour));
        Assert.Equal(ModelErrorCodes.OutOfMemory, large.Code);
        Assert.NotEmpty(await model.TokenizeAsync("hello", addSpecial: true, parseSpecial: false));
    }

    [LlamaFact]
    public async Task Sizes_that_no_context_has_are_refused_before_the_library_sees_them()
    {
        LocalModelOptions usual = TestModels.Options(models.Llama);
        foreach (LocalModelOptions options in (LocalModelOptions[])[usual with { ContextTokens = 0 }, usual with { ContextTokens = -5 }, usual with { Sequences = 0 }, usual with { Sequences = 257 }, usual with { Threads = 0 }, usual with { Threads = 100_000 }])
        {
            await using LocalModel model = new(options);
            Assert.Equal(ModelErrorCodes.InvalidRequest, (await Assert.ThrowsAsync<ModelException>(() => model.DescribeAsync())).Code);
        }
    }

    [LlamaFact]
    public async Task A_model_that_cannot_fit_is_refused_before_its_context_is_made()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama) with { MemoryLimit = 10 << 20 });
        Assert.Equal(ModelErrorCodes.OutOfMemory, (await Assert.ThrowsAsync<ModelException>(() => model.DescribeAsync())).Code);
    }

    [LlamaFact]
    public async Task Faults_are_refused_where_they_were_not_allowed()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama));
        int? process = await ProcessAsync(model);
        Assert.Equal(ModelErrorCodes.InvalidRequest, (await Assert.ThrowsAsync<ModelException>(() => model.BreakAsync(HostFault.NativeAssertion))).Code);
        Assert.Equal(process, await ProcessAsync(model));
    }

    [LlamaFact]
    public async Task An_idle_process_ends_and_the_next_request_starts_another()
    {
        await using LocalModel model = Breakable();
        int? first = await ProcessAsync(model);
        using Process idle = Process.GetProcessById(first ?? 0);
        await using (await model.RentSequenceAsync())
        {
            clock.Advance(TimeSpan.FromHours(1));
            Assert.False(idle.HasExited);
        }

        clock.Advance(TimeSpan.FromMinutes(11));
        await idle.WaitForExitAsync();
        Assert.NotEqual(first, await ProcessAsync(model));
    }

    [LlamaFact]
    public async Task A_cancelled_answer_ends_the_work_and_keeps_the_process()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama));
        int? process = await ProcessAsync(model);
        using CancellationTokenSource cancel = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await using SequenceLease sequence = await model.RentSequenceAsync();
            await foreach (GeneratedPiece _ in sequence.GenerateAsync(new[] { 0, 20 }, 0, new GenerationRequest { MostTokens = 400, Sampling = new Sampling { Grammar = "root ::= [a-z]*" } }, cancel.Token))
            {
                await cancel.CancelAsync();
            }
        });
        Assert.NotEmpty(await model.TokenizeAsync("hello", addSpecial: true, parseSpecial: false));
        Assert.Equal(process, await ProcessAsync(model));
    }

    [LlamaFact]
    public async Task Disposing_ends_the_process()
    {
        LocalModel model = new(TestModels.Options(models.Llama));
        using Process host = Process.GetProcessById(await ProcessAsync(model) ?? 0);
        await model.DisposeAsync();
        Assert.True(host.HasExited);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => model.DescribeAsync());
    }

    [LlamaFact]
    public async Task The_description_tells_what_the_file_holds()
    {
        await using LocalModel model = new(TestModels.Options(models.Qwen));
        ModelDescription description = await model.DescribeAsync();
        Assert.Equal((2, 64, 400, 512, 4), (description.Layers, description.Width, description.Vocabulary, description.Context, description.Sequences));
        Assert.Equal(2 * 2 * 32 * 2 * 2, description.CacheBytesPerToken);
        Assert.StartsWith("xxh128:", description.Fingerprint, StringComparison.Ordinal);
        Assert.Equal("F16/F16", description.Cache);
    }

    [LlamaFact]
    public async Task Text_becomes_tokens_and_text_again()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama));
        const string Text = "naïve café, 12 × 34";
        Assert.Equal(Text, await model.TextOfAsync(await model.TokenizeAsync(Text, addSpecial: false, parseSpecial: false)));
        Assert.Equal("<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\n", await model.RenderAsync([new ChatTurn("user", "hello")]));
    }

    [LlamaFact]
    public async Task A_missing_model_and_missing_libraries_say_what_is_missing()
    {
        await using LocalModel absent = new(TestModels.Options(models.File("absent.gguf")));
        Assert.Equal(ModelErrorCodes.ModelNotFound, (await Assert.ThrowsAsync<ModelException>(() => absent.DescribeAsync())).Code);
        await using LocalModel unlibraried = new(TestModels.Options(models.Llama) with { Libraries = Path.GetTempPath() });
        Assert.Equal(ModelErrorCodes.LibrariesMissing, (await Assert.ThrowsAsync<ModelException>(() => unlibraried.DescribeAsync())).Code);
        await using LocalModel hostless = new(TestModels.Options(models.Llama) with { Host = models.File("no-host") });
        Assert.Equal(ModelErrorCodes.HostUnavailable, (await Assert.ThrowsAsync<ModelException>(() => hostless.DescribeAsync())).Code);
    }

    [LlamaFact]
    public async Task Many_ask_at_once_and_each_gets_what_it_asked_for()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama));
        string[] texts = [.. Enumerable.Range(0, 20).Select(number => $"text {number}")];
        string[] back = await Task.WhenAll(texts.Select(async text => await model.TextOfAsync(await model.TokenizeAsync(text, addSpecial: false, parseSpecial: false))));
        Assert.Equal(texts, back);
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AnswerAsync(model)));
        Assert.Single(answers.Distinct());
    }

    [LlamaFact]
    public async Task However_many_ask_at_once_each_gets_its_answer_from_the_one_process()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama));
        int? process = await ProcessAsync(model);
        string[] texts = [.. Enumerable.Range(0, 500).Select(number => $"text {number}")];
        int[][] cut = await Task.WhenAll(texts.Select(text => Task.Run(() => model.TokenizeAsync(text, addSpecial: false, parseSpecial: false))));
        Assert.Equal(500, cut.Select(tokens => string.Join(',', tokens)).Distinct().Count());
        Assert.Equal(process, await ProcessAsync(model));
    }

    [LlamaFact]
    public async Task A_context_has_room_for_a_token_of_each_sequence_however_small_it_was_asked_for()
    {
        await using LocalModel model = new(TestModels.Options(models.Llama) with { ContextTokens = 1, Sequences = 8 });
        Assert.InRange((await model.DescribeAsync()).Context, 8, 512);
    }

    [Theory]
    [InlineData(0, 60, 60, 0, 0)]
    [InlineData(60, -1, 60, 0, 0)]
    [InlineData(60, 60, -1, 0, 0)]
    [InlineData(60, 60, 5_000_000, 0, 0)]
    [InlineData(60, 60, 60, -1, 0)]
    [InlineData(60, 60, 60, 0, -1)]
    public void Times_and_limits_out_of_range_are_refused_before_anything_starts(int stall, int start, int idle, long memory, int waiting)
    {
        LocalModelOptions options = new() { Path = "x.gguf", StallTimeout = TimeSpan.FromSeconds(stall), StartTimeout = TimeSpan.FromSeconds(start), IdleTimeout = TimeSpan.FromSeconds(idle), MemoryLimit = memory, MostWaiting = waiting };
        Assert.Equal(ModelErrorCodes.InvalidRequest, Assert.Throws<ModelException>(() => new LocalModel(options)).Code);
    }

    private static async Task<string> AnswerAsync(LocalModel model)
    {
        await using SequenceLease sequence = await model.RentSequenceAsync();
        StringBuilder text = new();
        await foreach (GeneratedPiece piece in sequence.GenerateAsync(new[] { 0, 20, 30 }, 0, new GenerationRequest { MostTokens = 10, Sampling = new Sampling { Grammar = "root ::= [a-z]*" } }))
        {
            text.Append(piece.Text);
        }

        return text.ToString();
    }

    private static async Task<int?> ProcessAsync(LocalModel model)
    {
        await model.DescribeAsync();
        return model.ProcessId;
    }

    private LocalModel Breakable() => new(TestModels.Options(models.Llama), clock, null, allowFaults: true);
}
