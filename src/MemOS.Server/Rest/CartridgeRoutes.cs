using MemOS.Activation;
using MemOS.Api;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Server.Auth;
using MemOS.Server.OpenAI;
using MemOS.Transformations;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Rest;

/// <summary>Cartridges: asked for, watched, taken back, erased. One is mounted for an answer by the field <c>memos.mount</c> of a chat completion.</summary>
internal static class CartridgeRoutes
{
    private const int MostCubes = 1000;
    private const int MostQuestions = 1000;
    private const int MostSteps = 100_000;
    private const int MostAnswerTokens = 1024;

    public static void MapCartridges(this IEndpointRouteBuilder vault)
    {
        IEndpointRouteBuilder group = vault.MapGroup("/cartridges").WithTags("Cartridges");
        group.MapGet("/", ListAsync);
        group.MapPost("/", TrainAsync).ProducesProblem(403).ProducesProblem(501).ProducesProblem(503);
        group.MapGet("/{cartridge:guid}", GetAsync);
        group.MapDelete("/{cartridge:guid}", EraseAsync);
    }

    /// <summary>Lists the cartridges of the vault, also those that are not trained yet.</summary>
    internal static async Task<Ok<CartridgeList>> ListAsync(string vault, CallerVaults vaults, HttpContext context, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        return TypedResults.Ok(new CartridgeList { Items = Records(lease.Vault, vaults.Caller, context) });
    }

    /// <summary>Has a cartridge trained by the local model of the server, beside its answers. The answer names it; ask for it to see how far it is.</summary>
    internal static async Task<Accepted<CartridgeRecord>> TrainAsync(string vault, TrainCartridgeRequest request, CallerVaults vaults, HttpContext context, CancellationToken cancellationToken)
    {
        if (request.Cubes.Count is 0 or > MostCubes || request.Questions.Count > MostQuestions || request.Questions.Contains(null!) || request.OwnQuestions > MostQuestions || request.Steps > MostSteps || request.AnswerTokens > MostAnswerTokens)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"cubes must hold 1 to {MostCubes} cubes, questions at most {MostQuestions} texts; own_questions goes up to {MostQuestions}, steps to {MostSteps}, answer_tokens to {MostAnswerTokens}.");
        }

        ActivationMemory memory = context.RequestServices.GetService<ActivationMemory>()
            ?? throw new MemOSException("no_model", "This server has no local model to train cartridges with. Start it with --model.");
        CartridgeOptions usual = new(), options = usual with
        {
            Tokens = request.Tokens,
            Questions = request.Questions,
            OwnQuestions = request.OwnQuestions ?? usual.OwnQuestions,
            Steps = request.Steps ?? usual.Steps,
            Rate = request.Rate ?? usual.Rate,
            AnswerTokens = request.AnswerTokens ?? usual.AnswerTokens,
        };
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        TrainingOrder order = await memory.Cartridges.OrderAsync(lease.Vault, [.. request.Cubes.Select(cube => new CubeId(cube))], options, vaults.Caller, cancellationToken);
        context.RequestServices.GetRequiredService<CartridgeTraining>().Wake(lease.Vault.Id);
        return TypedResults.Accepted($"/api/v1/vaults/{Uri.EscapeDataString(vault)}/cartridges/{order.Cartridge}", ToRecord(order, null));
    }

    /// <summary>Tells of a cartridge: how far its training is, why it failed, or what it is.</summary>
    internal static async Task<Ok<CartridgeRecord>> GetAsync(string vault, Guid cartridge, CallerVaults vaults, HttpContext context, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        return TypedResults.Ok(Records(lease.Vault, vaults.Caller, context).FirstOrDefault(one => one.Id == cartridge) ?? throw NotFound(cartridge));
    }

    /// <summary>Takes a cartridge back that is not trained yet, or erases one that is.</summary>
    internal static async Task<NoContent> EraseAsync(string vault, Guid cartridge, CallerVaults vaults, HttpContext context, CancellationToken cancellationToken)
    {
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        CubeId id = new(cartridge);
        if (Orders(lease.Vault, vaults.Caller).Any(order => order.Cartridge == id) && await lease.Vault.Training.CancelAsync(id, vaults.Caller, cancellationToken))
        {
            context.RequestServices.GetService<CartridgeTraining>()?.End(id);
            return TypedResults.NoContent();
        }

        // Also one that was ordered a moment ago and is ready now.
        MemCube ready = Ready(lease.Vault, vaults.Caller).FirstOrDefault(cube => cube.Id == id) ?? throw NotFound(cartridge);
        await lease.Vault.ForgetAsync(new ForgetScope { Cubes = [ready.Id] }, vaults.Caller, cancellationToken: cancellationToken);
        return TypedResults.NoContent();
    }

    private static CartridgeRecord[] Records(MemoryVault vault, Caller caller, HttpContext context)
    {
        CartridgeTraining? training = context.RequestServices.GetService<CartridgeTraining>();
        TrainingOrder[] orders = [.. Orders(vault, caller)]; // first: one that is done meanwhile is among the others then
        MemCube[] ready = [.. Ready(vault, caller)];
        return [.. ready.Select(ToRecord), .. orders.Where(order => !ready.Any(cube => cube.Id == order.Cartridge)).Select(order => ToRecord(order, training?.ProgressOf(order.Cartridge)))];
    }

    private static IEnumerable<TrainingOrder> Orders(MemoryVault vault, Caller caller) => vault.Training.List().Where(order => vault.Find(order.Wish.Id, caller) is not null);

    private static IEnumerable<MemCube> Ready(MemoryVault vault, Caller caller) =>
        vault.States.List().Where(state => Format(state)?.StandsFor is not null).Select(state => vault.Find(state.Id, caller)).OfType<MemCube>();

    private static CartridgeRecord ToRecord(MemCube cube) => new()
    {
        Id = cube.Id.Value,
        Status = "ready",
        Cubes = [.. cube.Lineage.Where(edge => edge.Kind is DerivationKind.TransformedFrom).Select(edge => edge.Cube.Value)],
        CreatedAt = cube.Descriptive.CreatedAt,
        Model = cube.Descriptive.Model,
        Tokens = Format(cube)?.Tokens,
        StandsFor = Format(cube)?.StandsFor,
        Bytes = (cube.Payload as StoredPayload)?.Length,
    };

    private static CartridgeRecord ToRecord(TrainingOrder order, CartridgeProgress? progress) => new()
    {
        Id = order.Cartridge.Value,
        Status = order.Job.IsDead ? "failed" : progress is null ? "waiting" : "training",
        Cubes = [.. order.Cubes.Select(cube => cube.Value)],
        CreatedAt = order.Wish.Descriptive.CreatedAt,
        Step = progress?.Step,
        Steps = progress is { Steps: > 0 } ? progress.Value.Steps : null,
        Divergence = progress is { Step: > 0 } ? progress.Value.Divergence : null,
        Job = order.Job.Number,
        Attempts = order.Job.Attempts,
        Failure = order.Job.Failure,
    };

    private static KVStateFormat? Format(MemCube cube) => KVStateFormat.TryParse((cube.Payload as StoredPayload)?.Format);

    private static MemOSException NotFound(Guid cartridge) => new(ErrorCodes.CubeNotFound, $"There is no cartridge {cartridge} in this vault.");
}
