using MemOS.Api;
using MemOS.Chat;
using MemOS.Reader;
using MemOS.Vaults;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MemOS.Tests.Chat;

public sealed class MemoryChatClientTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly VaultHost _host;
    private readonly IMemoryClient _memory;

    public MemoryChatClientTests()
    {
        _host = VaultHost.OpenFolder(_folder.Path);
        _memory = _host.CreateClient("alice");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_said_in_one_conversation_is_known_in_the_next()
    {
        ScriptedModel model = new("Noted.", "At nine.");
        using MemoryChatClient chat = model.WithMemory(_memory);
        await chat.GetResponseAsync("My train to Vienna leaves at nine.");
        ChatResponse answer = await chat.GetResponseAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "When does my train leave?")]);

        Assert.Equal("At nine.", answer.Text);
        List<ChatMessage> prompt = model.Prompts[1];
        Assert.Equal([ChatRole.System, ChatRole.User], prompt.Select(message => message.Role));
        Assert.Equal("Be brief.", prompt[0].Text);
        Assert.Contains("My train to Vienna leaves at nine.", prompt[1].Text, StringComparison.Ordinal);
        Assert.EndsWith("When does my train leave?", prompt[1].Text, StringComparison.Ordinal);
        Assert.Equal("When does my train leave?", ConversationMemory.Own(prompt[1].Text));
        Assert.NotEmpty(Assert.IsType<Guid[]>(answer.AdditionalProperties?[MemoryChatClient.UsedMemories]));
    }

    [Fact]
    public async Task Recalled_text_is_never_stored_again()
    {
        ScriptedModel model = new("It leaves at nine.");
        using IChatClient chat = model.WithMemory(_memory).WithMemory(_memory); // one inside the other: the inner one sees what the outer one recalled
        for (int round = 0; round < 5; round++)
        {
            await chat.GetResponseAsync($"Round {round}: when does the train to Vienna leave?");
        }

        string[] stored = await StoredAsync(_memory);
        Assert.Equal(5, stored.Where(text => text.StartsWith("Round ", StringComparison.Ordinal)).Distinct().Count());
        Assert.DoesNotContain(stored, text => text.Contains("recalled-memory", StringComparison.Ordinal) || text.Contains("Notes from memory", StringComparison.Ordinal));
        Assert.Contains(model.Prompts, prompt => prompt[^1].Text.Contains("Notes from memory", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_history_sent_again_only_what_is_new_is_stored()
    {
        using MemoryChatClient chat = new ScriptedModel("One.", "Two.").WithMemory(_memory);
        List<ChatMessage> history = [new(ChatRole.User, "First question about boats.")];
        history.AddMessages(await chat.GetResponseAsync(history));
        history.Add(new ChatMessage(ChatRole.User, "Second question about trains."));
        await chat.GetResponseAsync(history);
        Assert.Equal(["First question about boats.", "One.", "Second question about trains.", "Two."], await StoredAsync(_memory));
    }

    [Fact]
    public async Task A_stream_is_stored_when_it_has_ended()
    {
        using MemoryChatClient chat = new ScriptedModel("The ferry leaves at noon.").WithMemory(_memory);
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync("When does the ferry leave?"))
        {
            Assert.Empty(await StoredAsync(_memory));
            updates.Add(update);
        }

        Assert.Equal(5, updates.Count);
        Assert.True(updates[0].AdditionalProperties?.ContainsKey(MemoryChatClient.UsedMemories));
        Assert.Equal(["When does the ferry leave?", "The ferry leaves at noon."], await StoredAsync(_memory));
    }

    [Fact]
    public async Task Of_a_stream_given_up_only_what_the_user_said_is_stored()
    {
        using MemoryChatClient chat = new ScriptedModel("A long answer that nobody waits for.").WithMemory(_memory);
        await foreach (ChatResponseUpdate _ in chat.GetStreamingResponseAsync("I moved to Linz."))
        {
            break;
        }

        using CancellationTokenSource cancel = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in chat.GetStreamingResponseAsync("I bought a boat.", cancellationToken: cancel.Token))
            {
                await cancel.CancelAsync();
            }
        });
        Assert.Equal(["I moved to Linz.", "I bought a boat."], await StoredAsync(_memory));
    }

    [Fact]
    public async Task A_failing_model_fails_the_call_and_stores_nothing()
    {
        using MemoryChatClient chat = new ScriptedModel("") { Failure = new HttpRequestException("upstream") }.WithMemory(_memory);
        await Assert.ThrowsAsync<HttpRequestException>(() => chat.GetResponseAsync("Hello there."));
        Assert.Empty(await StoredAsync(_memory));
    }

    [Fact]
    public async Task A_failing_memory_is_logged_and_fails_no_call()
    {
        LogLines log = new();
        using MemoryServerConnection nobody = new(new Uri("http://127.0.0.1:1"));
        using MemoryChatClient chat = new ScriptedModel("Still here.").WithMemory(nobody.CreateClient("alice"), options => options.Loggers = log);
        Assert.Equal("Still here.", (await chat.GetResponseAsync("The secret is heliotrope.")).Text);
        Assert.Equal(2, log.Lines.Count(line => line.Level == LogLevel.Error));
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("heliotrope", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_memory_that_hangs_holds_a_call_up_for_the_timeout_only()
    {
        FakeTimeProvider clock = new();
        LogLines log = new();
        HangingMemory hanging = new();
        using MemoryChatClient chat = new ScriptedModel("Still here.").WithMemory(hanging, options => (options.Clock, options.Loggers) = (clock, log));
        Task<ChatResponse> answer = chat.GetResponseAsync("Hello there.");
        await hanging.Asked;
        clock.Advance(TimeSpan.FromSeconds(5));
        await hanging.Told;
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("Still here.", (await answer).Text);
        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public async Task A_call_cancelled_during_recall_is_cancelled()
    {
        using CancellationTokenSource cancel = new();
        await cancel.CancelAsync();
        using MemoryChatClient chat = new ScriptedModel("No.").WithMemory(_memory);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chat.GetResponseAsync("Hello there.", cancellationToken: cancel.Token));
    }

    [Fact]
    public async Task Storing_and_searching_have_scopes_of_their_own()
    {
        ScriptedModel model = new("Fine.");
        await model.WithMemory(_memory, options => options.Store = new MemoryScope { Agent = "cook", Session = "monday" }).GetResponseAsync("The soup needs more salt.");
        await model.WithMemory(_memory, options => options.Store = new MemoryScope { Agent = "gardener", Session = "tuesday" }).GetResponseAsync("The soil needs more salt marsh hay.");

        Assert.Equal((true, true), await SeenAsync(new MemoryScope()));
        Assert.Equal((true, false), await SeenAsync(new MemoryScope { Agent = "cook" }));
        Assert.Equal((false, true), await SeenAsync(new MemoryScope { Session = "tuesday" }));
        Assert.Equal((false, false), await SeenAsync(new MemoryScope { Agent = "cook", Session = "tuesday" }));

        async Task<(bool Soup, bool Soil)> SeenAsync(MemoryScope scope)
        {
            await model.WithMemory(_host.CreateClient("elsewhere"), options => (options.SearchIn, options.Search) = (_memory, scope)).GetResponseAsync("What needs more salt?");
            string prompt = model.Prompts[^1][^1].Text;
            return (prompt.Contains("soup", StringComparison.Ordinal), prompt.Contains("soil", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_conversation_of_the_call_is_the_session_where_none_is_set()
    {
        await new ScriptedModel("Fine.").WithMemory(_memory).GetResponseAsync("The lamp is broken.", new ChatOptions { ConversationId = "c-7" });
        Assert.Equal(2, (await _memory.RecallAsync(new RecallRequest { Text = "lamp", Filter = System.Text.Json.JsonDocument.Parse("""{"conversation":"c-7"}""").RootElement })).Hits.Count);
    }

    [Fact]
    public async Task On_demand_the_model_remembers_recalls_corrects_explains_and_forgets_by_calling_tools()
    {
        Guid id = default;
        List<ChatMessage> script = [];
        ScriptedModel model = new([Call("remember", new() { ["text"] = "Alice drives a red Volvo." }), new(ChatRole.Assistant, "Done.")]);
        using (IChatClient chat = new FunctionInvokingChatClient(model).WithMemory(_memory, options => options.Mode = ChatMemoryMode.OnDemand))
        {
            await chat.GetResponseAsync("Keep in mind: I drive a red Volvo.");
        }

        id = Assert.Single((await _memory.ListAsync(new CubeListRequest { Type = "episode" })).Items).Id;
        Assert.Equal(["remember", "recall", "correct", "forget", "explain"], model.Options[0]!.Tools!.Select(tool => tool.Name));
        Assert.Contains(id.ToString(), await ResultAsync("recall", new() { ["query"] = "What car does Alice drive?", ["limit"] = 3 }), StringComparison.Ordinal);
        Assert.Contains("version 2", await ResultAsync("correct", new() { ["id"] = id.ToString(), ["text"] = "Alice drives a blue Volvo." }), StringComparison.Ordinal);
        Assert.Equal("Alice drives a blue Volvo.", (await _memory.GetAsync(id))?.Text);
        Assert.Contains("Alice drives a red Volvo.", await ResultAsync("explain", new() { ["id"] = id.ToString() }), StringComparison.Ordinal);
        Assert.Contains("Forgotten", await ResultAsync("forget", new() { ["id"] = id.ToString() }), StringComparison.Ordinal);
        Assert.Contains("no cube", await ResultAsync("explain", new() { ["id"] = id.ToString() }), StringComparison.Ordinal);
        Assert.Contains("no id", await ResultAsync("forget", new() { ["id"] = "the Volvo" }), StringComparison.Ordinal);

        async Task<string> ResultAsync(string tool, Dictionary<string, object?> arguments)
        {
            ScriptedModel caller = new([Call(tool, arguments), new(ChatRole.Assistant, "Done.")]);
            using IChatClient chat = new FunctionInvokingChatClient(caller).WithMemory(_memory, options => options.Mode = ChatMemoryMode.OnDemand);
            await chat.GetResponseAsync("Go on.");
            return caller.Prompts[1].SelectMany(message => message.Contents).OfType<FunctionResultContent>().Single().Result?.ToString() ?? "";
        }
    }

    [Fact]
    public void Options_out_of_range_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScriptedModel("x").WithMemory(_memory, options => options.Limit = 0));

    private static ChatMessage Call(string tool, Dictionary<string, object?> arguments) => new(ChatRole.Assistant, [new FunctionCallContent("call-1", tool, arguments)]);

    private async Task<string[]> StoredAsync(IMemoryClient memory)
    {
        await using VaultLease lease = await _host.OpenAsync(new VaultId(memory.Vault), create: true);
        return lease.Vault.Read(reader => reader.ReadMessages(1).Select(message => message.Text).ToArray());
    }

    /// <summary>A memory that answers nothing until its caller gives up.</summary>
    private sealed class HangingMemory : IMemoryClient
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public Task Told => _told.Task;

        public string Vault => "hanging";

        public Task<RecallResponse> RecallAsync(RecallRequest request, CancellationToken cancellationToken = default)
        {
            _asked.SetResult();
            return new TaskCompletionSource<RecallResponse>().Task;
        }

        public Task<AddMessagesResponse> AddAsync(AddMessagesRequest request, CancellationToken cancellationToken = default)
        {
            _told.SetResult();
            return new TaskCompletionSource<AddMessagesResponse>().Task;
        }

        public Task<AddMessagesResponse> AddDocumentAsync(AddDocumentRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<CubeRecord?> GetAsync(Guid cube, int? version = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<CubePage> ListAsync(CubeListRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<CubeRecord> UpdateAsync(Guid cube, UpdateCubeRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<ForgetResponse> ForgetAsync(ForgetRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<CubeList> HistoryAsync(Guid cube, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<ExplanationRecord> ExplainAsync(Guid cube, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<CubeRecord> GiveFeedbackAsync(Guid cube, FeedbackRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<SpokenFeedbackResponse> GiveFeedbackAsync(SpokenFeedbackRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
