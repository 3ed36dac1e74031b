"""Makes networks.json: what PyTorch (1.13.1) computes of small layers, losses, optimizers, schedules and a short training. Run: python3 make_networks.py > networks.json"""
import json

import torch
from torch import nn

torch.manual_seed(3)
result = {}


def flat(tensor):
    return [float(f"{v:.9g}") for v in tensor.detach().reshape(-1).tolist()]


def layer(name, module, x, extra=None):
    """Forward, and the gradients of sum(result * weights) of input and parameters."""
    x = x.clone().requires_grad_(x.is_floating_point())
    y = module(x)
    weights = torch.randn(y.shape)
    (y * weights).sum().backward()
    result.setdefault("layers", {})[name] = {
        "x": flat(x), "rows": x.shape[0], "weights": flat(weights), "y": flat(y), "dx": flat(x.grad) if x.grad is not None else [],
        "parameters": {key: flat(value) for key, value in module.named_parameters()}, "gradients": {key: flat(value.grad) for key, value in module.named_parameters()}} | (extra(module) if extra else {})


layer("dense", nn.Linear(5, 4), torch.randn(6, 5))
norm = nn.LayerNorm(7)
nn.init.normal_(norm.weight), nn.init.normal_(norm.bias)
layer("layer_norm", norm, torch.randn(5, 7))
norm = nn.BatchNorm1d(4)
nn.init.normal_(norm.weight), nn.init.normal_(norm.bias)
layer("batch_norm", norm, torch.randn(9, 4), lambda m: {"running_mean": flat(m.running_mean), "running_var": flat(m.running_var)})
for name, function in {"relu": nn.ReLU(), "leaky_relu": nn.LeakyReLU(), "elu": nn.ELU(), "gelu": nn.GELU(), "silu": nn.SiLU(), "tanh": nn.Tanh(), "sigmoid": nn.Sigmoid(), "softplus": nn.Softplus()}.items():
    layer(name, function, 3 * torch.randn(4, 9))


def loss(name, function, scores):
    scores = scores.clone().requires_grad_()
    value = function(scores)
    value.backward()
    result.setdefault("losses", {})[name] = {"scores": flat(scores), "value": float(value.detach()), "gradient": flat(scores.grad)}


codes, class_weights, targets, shares = torch.tensor([0, 2, 1, 1, 2]), torch.tensor([1.0, 0.5, 2.0]), torch.randn(6), torch.rand(6)
result["codes"], result["class_weights"], result["targets"], result["shares"] = codes.tolist(), flat(class_weights), flat(targets), flat(shares)
loss("cross_entropy", lambda s: nn.functional.cross_entropy(s, codes), torch.randn(5, 3))
loss("weighted", lambda s: nn.functional.cross_entropy(s, codes, class_weights), torch.randn(5, 3))
loss("smoothed", lambda s: nn.functional.cross_entropy(s, codes, label_smoothing=0.2), torch.randn(5, 3))
loss("logistic", lambda s: nn.functional.binary_cross_entropy_with_logits(s, shares), 3 * torch.randn(6))
loss("squared_error", lambda s: nn.functional.mse_loss(s, targets), torch.randn(6))
loss("absolute_error", lambda s: nn.functional.l1_loss(s, targets), torch.randn(6))
loss("huber", lambda s: nn.functional.huber_loss(s, targets, delta=0.7), torch.randn(6))
loss("poisson", lambda s: nn.functional.poisson_nll_loss(s, shares), torch.randn(6))

hessian, start = torch.randn(7, 7), torch.randn(7, 1)
hessian = hessian @ hessian.T / 7
result["hessian"], result["start"] = flat(hessian), flat(start)
RATE, DECAY, STEPS = 0.02, 0.05, 20
makers = {
    "adam_w": lambda p: torch.optim.AdamW(p, RATE, weight_decay=DECAY), "adam": lambda p: torch.optim.Adam(p, RATE, weight_decay=DECAY),
    "sgd": lambda p: torch.optim.SGD(p, RATE, momentum=0.9, nesterov=True, weight_decay=DECAY),
    "rms_prop": lambda p: torch.optim.RMSprop(p, RATE, weight_decay=DECAY)}
result["optimizers"] = {}
for name, make in makers.items():
    w = start.clone().requires_grad_()
    optimizer, path = make([w]), []
    for _ in range(STEPS):
        w.grad = (hessian @ w).detach()
        optimizer.step()
        path.append(flat(w))
    result["optimizers"][name] = path
# NAdam by the paper's formula, as PyTorch has it from 2.0 on: 1.13 multiplies the momentum into the product for the next step twice
w, mean, square, product, path = start.clone(), torch.zeros_like(start), torch.zeros_like(start), 1.0, []
for t in range(1, STEPS + 1):
    g = hessian @ w + DECAY * w
    mean, square = 0.9 * mean + 0.1 * g, 0.999 * square + 0.001 * g * g
    now, then = (0.9 * (1 - 0.5 * 0.96 ** (step * 0.004)) for step in (t, t + 1))
    product *= now
    root = (square / (1 - 0.999 ** t)).sqrt() + 1e-8
    w = w - RATE * (1 - now) / (1 - product) * g / root - RATE * then / (1 - product * then) * mean / root
    path.append(flat(w))
result["optimizers"]["n_adam"] = path
w, mean, path = start.clone(), torch.zeros_like(start), []
for _ in range(STEPS):  # Lion is newer than this PyTorch: by its paper's formula
    g = hessian @ w
    w = w * (1 - RATE * DECAY) - RATE * torch.sign(0.9 * mean + 0.1 * g)
    mean = 0.99 * mean + 0.01 * g
    path.append(flat(w))
result["optimizers"]["lion"] = path

COUNT = 30
schedules = {
    "cosine": lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, COUNT), "steps": lambda o: torch.optim.lr_scheduler.StepLR(o, COUNT // 3),
    "one_cycle": lambda o: torch.optim.lr_scheduler.OneCycleLR(o, 1.0, total_steps=COUNT, cycle_momentum=False)}
result["schedules"] = {}
for name, make in schedules.items():
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], 1.0)
    schedule, factors = make(optimizer), []
    for step in range(COUNT):
        factors.append(optimizer.param_groups[0]["lr"])
        if step + 1 < COUNT:
            optimizer.step()
            schedule.step()
    result["schedules"][name] = factors

network = nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 8), nn.ReLU(), nn.Linear(8, 3))
rows, labels = torch.randn(160, 6), torch.randint(0, 3, (160,))
labels[rows[:, 0] > 0.3] = 1
training = {"parameters": [flat(p) for p in network.parameters()], "rows": flat(rows), "codes": labels.tolist(), "losses": []}
optimizer = torch.optim.Adam(network.parameters(), 0.01)
for step in range(50):
    part = slice(step % 5 * 32, step % 5 * 32 + 32)
    optimizer.zero_grad()
    value = nn.functional.cross_entropy(network(rows[part]), labels[part])
    value.backward()
    optimizer.step()
    training["losses"].append(float(value.detach()))
result["training"] = training
print(json.dumps(result))
