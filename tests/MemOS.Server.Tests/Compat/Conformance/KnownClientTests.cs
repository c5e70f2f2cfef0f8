using System.Text.Json.Nodes;

namespace MemOS.Server.Tests.Compat.Conformance;

/// <summary>Conformance 15, as far as it goes without the programs themselves: the requests of known clients, word for word, and what each reads of the answers.</summary>
[Collection(RunningServer.Name)]
public sealed class KnownClientTests(ServerFixture server)
{
    private readonly string _user = $"user-{Guid.CreateVersion7():N}";

    [Fact]
    public async Task The_strict_client_sends_null_for_everything_unset()
    {
        await OpenMemAsync("add/message", """{"messages":[{"role":"user","content":"I keep bees in Krems."}],"user_id":"$U","conversation_id":"c1","info":null,"source":null,"app_id":null,"agent_id":null,"async_mode":true,"tags":null,"allow_public":false,"allow_knowledgebase_ids":null}""");
        JsonNode found = await OpenMemAsync("search/memory", """{"query":"Where are the bees?","user_id":"$U","conversation_id":"c1","memory_limit_number":6,"include_preference":true,"knowledgebase_ids":null,"preference_limit_number":6,"include_tool_memory":false,"tool_memory_limit_number":6,"include_skill":false,"skill_limit_number":6,"filter":null,"relativity":null,"source":null}""");
        Assert.Contains("Krems", (string?)found["memory_detail_list"]![0]!["memory_value"], StringComparison.Ordinal);
        await OpenMemAsync("get/memory", """{"user_id":"$U","include_preference":true,"page":1,"size":10,"filter":null,"include_tool_memory":true}""");
        await OpenMemAsync("get/message", """{"user_id":"$U","conversation_id":"c1","conversation_limit_number":6,"message_limit_number":6,"source":null}""");
        await OpenMemAsync("delete/memory", """{"user_id":"$U"}""");
    }

    [Fact]
    public async Task The_coding_agents_plugin_filters_by_agent_inside_its_source_and_drops_what_is_not_relevant()
    {
        await OpenMemAsync("add/message", """{"user_id":"$U","conversation_id":"openclaw-1","messages":[{"role":"user","content":"Deploy from the branch named river."},{"role":"assistant","tool_calls":[{"id":"t1","type":"function","function":{"name":"git","arguments":"{\"cmd\":\"status\"}"}}]},{"role":"tool","tool_call_id":"t1","content":"clean"}],"source":"openclaw_linux","agent_id":"coder","app_id":"oc","tags":["openclaw"],"info":{"source":"openclaw","sessionKey":"k","agentId":"coder"},"allow_public":false,"allow_knowledgebase_ids":[],"async_mode":true}""");
        JsonNode found = await OpenMemAsync("search/memory", """{"user_id":"$U","query":"Which branch do we deploy from?","source":"openclaw_linux","filter":{"user":{"and":[{"or":[{"tags":{"contains":"openclaw"}}]},{"agent_id":"coder"}]}},"knowledgebase_ids":[],"memory_limit_number":9,"include_preference":true,"preference_limit_number":6,"include_tool_memory":true,"tool_memory_limit_number":6,"relativity":0.45}""");
        JsonNode item = found["memory_detail_list"]![0]!;
        Assert.Contains("river", (string?)item["memory_value"], StringComparison.Ordinal);
        Assert.True((double?)item["relativity"] > 0.45);
    }

    [Fact]
    public async Task The_mcp_package_reads_the_profile_page_by_page_and_deletes_by_both_ids()
    {
        await OpenMemAsync("add/message", """{"user_id":"$U","conversation_id":"5d41402abc4b2a76b9719d911017c592","source":"MODELSCOPE","messages":[{"role":"user","content":"My dog is called Rex.","chat_time":"2026-01-02 10:00:00.123"}]}""");
        JsonNode profile = await OpenMemAsync("get/memory", """{"user_id":"$U","include_preference":true,"include_tool_memory":false,"current":1,"size":20,"source":"MODELSCOPE"}""");
        string id = (string)profile["memory_detail_list"]![0]!["id"]!;
        Assert.Equal(1, (int?)profile["pages"]);
        await OpenMemAsync("add/feedback", """{"user_id":"$U","conversation_id":"5d41402abc4b2a76b9719d911017c592","feedback_content":"He is called Max, not Rex.","agent_id":"","app_id":"","feedback_time":"","allow_public":false,"allow_knowledgebase_ids":[],"source":"MODELSCOPE"}""");
        await OpenMemAsync("delete/memory", $$"""{"user_ids":["$U"],"memory_ids":["{{id}}"],"source":"MODELSCOPE"}""");
    }

    [Fact]
    public async Task The_harness_adds_in_batches_searches_without_a_check_and_deletes()
    {
        string messages = string.Join(',', Enumerable.Range(0, 20).Select(i => $$"""{"role":"{{(i % 2 == 0 ? "user" : "assistant")}}","content":"Line {{i}} of the talk about item{{i}}x.","chat_time":"2026-01-02 10:00:{{i:00}}"}"""));
        JsonNode added = await ProductAsync("add", $$"""{"messages":[{{messages}}],"user_id":"$U","mem_cube_id":"$U","writable_cube_ids":["$U"],"async_mode":"sync","session_id":"s","conversation_id":"s","mode":"fine"}""");
        Assert.Equal("Memory added successfully", (string?)added["message"]);
        JsonNode found = await ProductAsync("search", """{"query":"item7x","user_id":"$U","mem_cube_id":"$U","readable_cube_ids":["$U"],"top_k":20,"mode":"fast","include_preference":true,"pref_top_k":9,"context_format":"mixed","search_tool_memory":false,"tool_mem_top_k":0,"include_skill_memory":false,"skill_mem_top_k":0,"relativity":0}""");
        Assert.Contains(found["data"]!["text_mem"]![0]!["memories"]!.AsArray(), item => ((string)item!["memory"]!).Contains("item7x", StringComparison.Ordinal));
        Assert.Equal("", (string?)found["data"]!["pref_note"]);
        Assert.Equal("Memories deleted successfully", (string?)(await ProductAsync("delete_memory", """{"user_id":"$U","writable_cube_ids":["$U"]}"""))["message"]);
    }

    [Fact]
    public async Task The_evaluation_scripts_and_the_local_wrapper_search_at_once_with_one_text_as_list()
    {
        await ProductAsync("add", """{"messages":[{"role":"user","content":"The tram is yellow."}],"user_id":"$U","mem_cube_id":"$U","conversation_id":"c"}""");
        JsonNode found = await ProductAsync("search", """{"query":"Which colour is the tram?","user_id":"$U","mem_cube_id":"$U","conversation_id":"","top_k":20,"mode":"fast","include_preference":true,"pref_top_k":6}""");
        Assert.NotEmpty(found["data"]!["text_mem"]![0]!["memories"]!.AsArray());
        JsonNode wrapped = await ProductAsync("search", """{"query":"tram","user_id":"$U","readable_cube_ids":"$U"}""");
        Assert.NotEmpty(wrapped["data"]!["text_mem"]![0]!["memories"]!.AsArray());
    }

    [Fact]
    public async Task The_desktop_integration_sends_metadata_and_a_top_k()
    {
        await OpenMemAsync("add/message", """{"user_id":"$U","conversation_id":"task-1","messages":[{"role":"user","content":"Rename the report to atlas."}],"metadata":{"taskId":"1","status":"done","createdAt":1,"completedAt":2}}""");
        JsonNode found = await OpenMemAsync("search/memory", """{"user_id":"$U","query":"What is the report called?","top_k":5,"conversation_id":"task-1"}""");
        Assert.Contains("atlas", (string?)found["memory_detail_list"]![0]!["memory_value"], StringComparison.Ordinal);
    }

    private Task<JsonNode> OpenMemAsync(string path, string body) => server.OpenMemAsync(path, body.Replace("$U", _user, StringComparison.Ordinal));

    private Task<JsonNode> ProductAsync(string path, string body) => server.OkAsync(HttpMethod.Post, $"/product/{path}", body.Replace("$U", _user, StringComparison.Ordinal));
}
